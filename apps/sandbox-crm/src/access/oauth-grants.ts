import { createHash, randomBytes } from 'node:crypto';
import { identityOf, type Identity } from './identities.js';

const ACCESS_TOKEN = 'at_';

const CODE_LIFETIME_MS = 5 * 60_000;

export interface TokenPair {
  /** For whom. */
  identity: Identity;
  accessToken: string;
  refreshToken: string;
  expiresInSeconds: number;
}

export interface CodeRequest {
  connection: string;
  redirectUri: string;
  /** PKCE challenge (S256) or undefined when the client sent none. */
  challenge: string | undefined;
}

/** The grants that live on, in the form that a snapshot keeps. */
export interface GrantState {
  access: [token: string, connection: string, expiresAt: number][];
  refresh: [token: string, connection: string][];
}

/** In what a vendor's grants differ. */
export interface GrantTerms {
  accessSeconds?: number;
  keepsRefreshToken?: boolean;
}

export type TokenCheck = { identity: Identity } | { fault: 'unknown' | 'expired' };

/**
 * Authorization codes, access tokens and refresh tokens. Every refresh gives a new refresh token and spends the old
 * one: a client that loses it, or refreshes twice with the same one, must connect again.
 */
export class OAuthGrants {
  readonly #codes = new Map<string, CodeRequest & { expiresAt: number }>();
  readonly #access = new Map<string, { identity: Identity; expiresAt: number }>();
  readonly #refresh = new Map<string, string>();
  #refreshes = 0;

  constructor(
    private readonly lifetimeSeconds: number,
    private readonly onChange: () => void,
  ) {}

  /** How many refreshes were granted since the start. */
  get refreshes(): number {
    return this.#refreshes;
  }

  issueCode(request: CodeRequest): string {
    const code = `code_${secret()}`;
    this.#codes.set(code, { ...request, expiresAt: Date.now() + CODE_LIFETIME_MS });
    return code;
  }

  /** Tokens for a code, or undefined when the code, the redirect URI or the PKCE verifier is not right. */
  exchangeCode(
    code: string,
    redirectUri: string,
    verifier: string | undefined,
    terms: GrantTerms = {},
  ): TokenPair | undefined {
    const request = this.#codes.get(code);
    this.#codes.delete(code);
    if (request === undefined || request.expiresAt < Date.now()) return undefined;
    if (request.redirectUri !== redirectUri) return undefined;
    if (request.challenge !== undefined && !provesChallenge(request.challenge, verifier)) return undefined;
    return this.#issue(request.connection, terms);
  }

  /** New tokens for a refresh token that was not used before; where the vendor keeps it, it may be used again. */
  refresh(refreshToken: string, terms: GrantTerms = {}): TokenPair | undefined {
    const connection = this.#refresh.get(refreshToken);
    if (connection === undefined) return undefined;
    this.#refresh.delete(refreshToken);
    this.#refreshes += 1;
    return this.#issue(connection, terms, terms.keepsRefreshToken === true ? refreshToken : undefined);
  }

  check(accessToken: string): TokenCheck {
    const grant = this.#access.get(accessToken);
    if (grant === undefined) return { fault: 'unknown' };
    if (grant.expiresAt <= Date.now()) return { fault: 'expired' };
    return { identity: grant.identity };
  }

  /** Makes the access tokens of one connection (or of all) expire now; answers how many. */
  expire(connection: string | undefined): number {
    const now = Date.now();
    let expired = 0;
    for (const grant of this.#access.values()) {
      if (grant.expiresAt <= now || (connection !== undefined && grant.identity.connection !== connection)) continue;
      grant.expiresAt = now;
      expired += 1;
    }
    if (expired > 0) this.onChange();
    return expired;
  }

  state(): GrantState {
    const now = Date.now();
    const access: GrantState['access'] = [];
    for (const [token, { identity, expiresAt }] of this.#access) {
      if (expiresAt > now) access.push([token, identity.connection, expiresAt]);
    }
    return { access, refresh: [...this.#refresh] };
  }

  restore(state: GrantState): void {
    for (const [token, connection, expiresAt] of state.access) {
      this.#access.set(token, { identity: identityOf(connection), expiresAt });
    }
    for (const [token, connection] of state.refresh) this.#refresh.set(token, connection);
  }

  #issue(connection: string, { accessSeconds }: GrantTerms, kept?: string): TokenPair {
    const accessToken = `${ACCESS_TOKEN}${secret()}`;
    const refreshToken = kept ?? `rt_${secret()}`;
    const expiresInSeconds = Math.min(accessSeconds ?? this.lifetimeSeconds, this.lifetimeSeconds);
    const expiresAt = Date.now() + expiresInSeconds * 1000;
    const identity = identityOf(connection);
    this.#access.set(accessToken, { identity, expiresAt });
    this.#refresh.set(refreshToken, connection);
    this.onChange();
    return { identity, accessToken, refreshToken, expiresInSeconds };
  }
}

/** Keys look otherwise. */
export const isAccessToken = (credential: string): boolean => credential.startsWith(ACCESS_TOKEN);

function provesChallenge(challenge: string, verifier: string | undefined): boolean {
  return verifier !== undefined && createHash('sha256').update(verifier).digest('base64url') === challenge;
}

function secret(): string {
  return randomBytes(24).toString('base64url');
}
