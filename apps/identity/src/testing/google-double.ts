import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { generateKeyPair, exportJWK } from 'jose';
import { interactionPolicy, Provider, type Configuration } from 'oidc-provider';
import { ProviderMemory } from './provider-memory.js';

/** Somebody with an account there. */
export interface PersonAtGoogle {
  sub: string;
  email: string;
  email_verified: boolean;
  name: string;
}

export const GOOGLE_CLIENT = { id: 'suite.apps.example', secret: 'suite-client-secret' };
export const GOOGLE_REDIRECT_URL = 'http://127.0.0.1:3000/auth/google/callback';

/** What the page of the web client finds in its address afterwards. */
export interface CameBack {
  code: string;
  state: string;
  iss: string;
}

/** An OpenID provider on this machine, with discovery, PKCE, nonce and signed ID tokens as Google has them. */
export class GoogleDouble {
  readonly #people = new Map<string, PersonAtGoogle>();
  readonly #server: Server;
  #provider: Provider | undefined;
  /** Answers nothing but failures while true. */
  isDown = false;

  private constructor() {
    this.#server = createServer((request, response) => void this.#serve(request, response));
  }

  static async start(): Promise<GoogleDouble> {
    const double = new GoogleDouble();
    await new Promise<void>((resolve) => double.#server.listen(0, '127.0.0.1', resolve));
    double.#provider = await double.#newProvider();
    return double;
  }

  get issuer(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Signs with a key that it never published, as somebody in its place would. */
  async withForeignKey<Result>(work: () => Promise<Result>): Promise<Result> {
    const own = this.#provider;
    this.#provider = await this.#newProvider();
    try {
      return await work();
    } finally {
      this.#provider = own;
    }
  }

  async #newProvider(): Promise<Provider> {
    const { privateKey } = await generateKeyPair('RS256', { extractable: true });
    const key = { ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig' };
    return new Provider(this.issuer, this.#configuration(key as never));
  }

  /** What the browser of a person does with the address that the sign-in begins at. */
  async signIn(url: string, person: PersonAtGoogle): Promise<CameBack> {
    this.#people.set(person.sub, person);
    const cookies = new Map<string, string>();
    let next = url;
    for (let hops = 0; hops < 10; hops += 1) {
      const headers = {
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        'x-person': person.sub,
      };
      const response = await fetch(next, { redirect: 'manual', headers });
      for (const cookie of response.headers.getSetCookie()) {
        const [name = '', value = ''] = (cookie.split(';', 1)[0] ?? '').split(/=(.*)/s);
        cookies.set(name, value);
      }
      const location = response.headers.get('location');
      if (location === null) throw new Error(`the provider answered ${response.status}: ${await response.text()}`);
      const target = new URL(location, next);
      if (target.href.startsWith(GOOGLE_REDIRECT_URL)) {
        const { code, state, iss, ...rest } = Object.fromEntries(target.searchParams);
        if (code === undefined || state === undefined || iss === undefined) {
          throw new Error(`the provider refused: ${JSON.stringify(rest)}`);
        }
        return { code, state, iss };
      }
      next = target.href;
    }
    throw new Error('the provider sends the browser round in circles');
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const provider = this.#provider;
    if (this.isDown || provider === undefined) {
      response.writeHead(500).end('down');
    } else if (request.url?.startsWith('/interaction/') === true) {
      await provider.interactionDetails(request, response);
      const accountId = String(request.headers['x-person']);
      await provider.interactionFinished(request, response, { login: { accountId }, select_account: {} });
    } else {
      await provider.callback()(request, response);
    }
  }

  #configuration(key: NonNullable<Configuration['jwks']>['keys'][number]): Configuration {
    return {
      clients: [
        {
          client_id: GOOGLE_CLIENT.id,
          client_secret: GOOGLE_CLIENT.secret,
          redirect_uris: [GOOGLE_REDIRECT_URL],
          token_endpoint_auth_method: 'client_secret_post',
        },
      ],
      adapter: ProviderMemory,
      jwks: { keys: [key] },
      cookies: { keys: ['suite'] },
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
      // Google puts everything into the ID token.
      conformIdTokenClaims: false,
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_context, { uid }) => `/interaction/${uid}`, policy: askingWhichAccount() },
      ttl: { Session: 600, Interaction: 600, Grant: 600, AuthorizationCode: 60, IdToken: 600, AccessToken: 600 },
      findAccount: (_context, accountId) => ({
        accountId,
        claims: () => Promise.resolve({ ...this.#people.get(accountId), sub: accountId }),
      }),
      loadExistingGrant: async ({ oidc }) => {
        const grant = new oidc.provider.Grant({
          clientId: oidc.client?.clientId ?? '',
          accountId: oidc.session?.accountId ?? '',
        });
        grant.addOIDCScope('openid email profile');
        await grant.save();
        return grant;
      },
    };
  }
}

/** Google lets people choose among the accounts of their browser. */
function askingWhichAccount(): interactionPolicy.DefaultPolicy {
  const policy = interactionPolicy.base();
  policy.add(new interactionPolicy.Prompt({ name: 'select_account', requestable: true }), 0);
  return policy;
}
