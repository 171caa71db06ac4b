import { createHash, randomBytes } from 'node:crypto';

/** Where the app that keeps a secret is sent back to. */
export const REDIRECT_URI = 'https://speaker.example/linked';
const APP_SECRET = 'a-secret-of-the-speaker-that-is-long-enough';

/** What a suite sets as `AUTH_APP_CLIENTS`: one app that keeps a secret, one that cannot. */
export const APP_CLIENTS = JSON.stringify([
  {
    client_id: 'speaker',
    client_secret: APP_SECRET,
    name: 'Smart <Speaker>',
    redirect_uris: [REDIRECT_URI],
    scopes: ['execute_helpers', 'read_helpers', 'chat'],
  },
  {
    client_id: 'phone',
    name: 'Phone app',
    redirect_uris: ['http://127.0.0.1:7777/linked'],
    scopes: ['read_helpers'],
  },
]);

/** What the token endpoint answers; `error` where it refuses. */
export interface AppTokens {
  access_token: string;
  refresh_token: string;
  token_type: string;
  expires_in: number;
  scope: string;
  error?: string;
}

interface AppReply {
  status: number;
  body: AppTokens;
}

/** A page or a redirect that a browser got. */
interface Seen {
  status: number;
  location: string | null;
  html: string;
  headers: Headers;
  path: string;
}

/** A browser with cookies that an app sends to be linked, and the app behind it. */
export class LinkingApp {
  readonly verifier = randomBytes(32).toString('base64url');
  readonly #cookies = new Map<string, { value: string; path: string }>();

  constructor(
    readonly baseUrl: string,
    readonly clientId = 'speaker',
    readonly redirectUri = REDIRECT_URI,
  ) {}

  /** Path and query by which the app begins. */
  authorizePath(changed: Record<string, string | undefined> = {}): string {
    const query = new URLSearchParams();
    const wanted = {
      client_id: this.clientId,
      redirect_uri: this.redirectUri,
      response_type: 'code',
      scope: 'execute_helpers read_helpers',
      state: 'its-own-state',
      code_challenge: createHash('sha256').update(this.verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...changed,
    };
    for (const [name, value] of Object.entries(wanted)) if (value !== undefined) query.set(name, value);
    return `/oauth/authorize?${query.toString()}`;
  }

  /** Fetches a page, and follows redirects as long as they stay here. */
  async open(address: string, form?: Record<string, string>): Promise<Seen> {
    const { pathname, search } = new URL(address, this.baseUrl);
    const response = await fetch(this.baseUrl + pathname + search, {
      method: form === undefined ? 'GET' : 'POST',
      redirect: 'manual',
      headers: {
        cookie: this.#cookiesFor(pathname),
        ...(form !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      ...(form !== undefined && { body: new URLSearchParams(form).toString() }),
    });
    for (const cookie of response.headers.getSetCookie()) this.#keep(cookie);
    const location = response.headers.get('location');
    const html = await response.text();
    if (location === null || location.startsWith(this.redirectUri)) {
      return { status: response.status, location, html, headers: response.headers, path: pathname };
    }
    return this.open(location);
  }

  /** Sends the form of a page, with what it hides. */
  submit(page: Seen, step: 'sign-in' | 'consent', fields: Record<string, string>): Promise<Seen> {
    const proof = /name="proof" value="([^"]*)"/.exec(page.html)?.[1] ?? '';
    return this.open(`${page.path.replace(/\/(sign-in|consent)$/, '')}/${step}`, { proof, ...fields });
  }

  /** From the app's link to its code, by somebody who allows it. */
  async link(email: string, password: string, changed: Record<string, string | undefined> = {}): Promise<string> {
    const consent = await this.submit(await this.open(this.authorizePath(changed)), 'sign-in', { email, password });
    const accountId = /<option value="([^"]*)" selected/.exec(consent.html)?.[1] ?? '';
    const { location } = await this.submit(consent, 'consent', { decision: 'allow', account_id: accountId });
    if (location === null) throw new Error(`The app was not linked: ${consent.status} ${consent.html}`);
    return new URL(location).searchParams.get('code') ?? '';
  }

  redeem(code: string, changed: Record<string, string> = {}): Promise<AppReply> {
    return this.token({
      grant_type: 'authorization_code',
      code,
      redirect_uri: this.redirectUri,
      code_verifier: this.verifier,
      ...changed,
    });
  }

  refresh(refreshToken: string, changed: Record<string, string> = {}): Promise<AppReply> {
    return this.token({ grant_type: 'refresh_token', refresh_token: refreshToken, ...changed });
  }

  revoke(token: string): Promise<AppReply> {
    return this.#ask('/oauth/revoke', { token });
  }

  token(form: Record<string, string>): Promise<AppReply> {
    return this.#ask('/oauth/token', form);
  }

  async #ask(path: string, form: Record<string, string>): Promise<AppReply> {
    const secret = Buffer.from(`${this.clientId}:${APP_SECRET}`).toString('base64');
    const keepsSecret = this.clientId === 'speaker';
    const response = await fetch(this.baseUrl + path, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        ...(keepsSecret && { authorization: `Basic ${secret}` }),
      },
      body: new URLSearchParams({ ...form, ...(!keepsSecret && { client_id: this.clientId }) }).toString(),
    });
    const text = await response.text();
    return { status: response.status, body: JSON.parse(text === '' ? '{}' : text) as AppTokens };
  }

  #keep(cookie: string): void {
    const [pair = '', ...attributes] = cookie.split(/; */);
    const [name = '', value = ''] = pair.split('=', 2);
    const path = attributes.find((each) => /^path=/i.test(each))?.slice(5) ?? '/';
    if (attributes.some((each) => /^expires=Thu, 01 Jan 1970/i.test(each))) this.#cookies.delete(`${name} ${path}`);
    else this.#cookies.set(`${name} ${path}`, { value, path });
  }

  #cookiesFor(path: string): string {
    return [...this.#cookies]
      .filter(([, cookie]) => path.startsWith(cookie.path))
      .map(([key, { value }]) => `${key.split(' ', 1)[0] ?? ''}=${value}`)
      .join('; ');
  }
}
