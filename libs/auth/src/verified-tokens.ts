import { permissionsOf, scopeOf } from '#contracts';
import { CLOCK_LEEWAY_S, type AccessTokenClaims } from './access-token-claims.js';
import type { KeyRing } from './key-ring.js';
import type { Actor, RequestContext } from './request-context.js';
import { invalidToken, type TokenVerifier } from './token-verifier.js';

/** The part of a {@link RequestContext} that is the same for every request of a token. */
export type Identity = Omit<RequestContext, 'traceId' | 'ip' | 'userAgent'>;

export interface KnownToken {
  claims: AccessTokenClaims;
  kid: string;
  identity: Identity;
  /** Milliseconds since 1970; the leeway is included. */
  voidAfter: number;
}

const MAX_TOKENS = 5000;
/** From this size on the order of use is kept; below it nothing has to leave. */
const CROWDED = MAX_TOKENS / 2;

function actorOf(claims: AccessTokenClaims): Actor {
  const { sub, user_id: userId, grant, client_id: clientId } = claims;
  const scopes = claims.scope === undefined ? [] : claims.scope.split(' ').filter((scope) => scope !== '');
  if (claims.key !== undefined) {
    const { test = false, helpers } = claims;
    return { kind: 'api_key', keyId: claims.key, userId, sub, scopes, test, ...(helpers && { helperIds: helpers }) };
  }
  if (grant !== undefined && clientId !== undefined) {
    return { kind: 'app', clientId, grantId: grant, userId, sub, scopes };
  }
  if (claims.sid === undefined) throw invalidToken(new Error('The token names no session, key or grant'));
  return { kind: 'user', userId, sub, sessionId: claims.sid };
}

function knownTokenOf(claims: AccessTokenClaims, kid: string): KnownToken {
  return {
    claims,
    kid,
    voidAfter: (claims.exp + CLOCK_LEEWAY_S) * 1000,
    identity: {
      actor: actorOf(claims),
      accountId: claims.acc,
      scope: scopeOf(claims.acc),
      role: claims.role,
      permissions: permissionsOf(claims.role),
      amr: claims.amr,
    },
  };
}

/**
 * Tokens whose signature has been checked, the least recently used leaving first. A token is checked once in its life;
 * it leaves when it expires or its key is withdrawn.
 */
export class VerifiedTokens {
  private readonly known = new Map<string, KnownToken>();

  constructor(
    private readonly verifier: TokenVerifier,
    private readonly keys: KeyRing,
    private readonly now: () => number = Date.now,
  ) {}

  /** A token that needs no further check of its signature; undefined when {@link check} is due. */
  find(token: string): KnownToken | undefined {
    const found = this.known.get(token);
    if (found === undefined) return undefined;
    const usable = found.voidAfter > this.now() && this.keys.has(found.kid);
    if (!usable || this.known.size > CROWDED) this.known.delete(token);
    if (!usable) return undefined;
    if (this.known.size >= CROWDED) this.known.set(token, found);
    return found;
  }

  /** @throws Problem 401 `auth.invalid_token`; Problem 503 when its key cannot be had now */
  async check(token: string): Promise<KnownToken> {
    const { claims, kid } = await this.verifier.verify(token);
    const known = knownTokenOf(claims, kid);
    this.known.set(token, known);
    if (this.known.size > MAX_TOKENS) {
      const [oldest] = this.known.keys();
      if (oldest !== undefined) this.known.delete(oldest);
    }
    return known;
  }
}
