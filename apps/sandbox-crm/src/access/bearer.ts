import type { Identity, Keys } from './identities.js';
import type { OAuthGrants } from './oauth-grants.js';

export type BearerCheck = { identity: Identity } | { fault: 'missing' | 'unknown' | 'expired' };

/** Reads `Authorization: Bearer <key or access token>`; both are accepted everywhere. */
export class BearerAccess {
  constructor(
    private readonly keys: Keys,
    private readonly grants: OAuthGrants,
  ) {}

  check(authorization: string | undefined): BearerCheck {
    if (authorization === undefined || !/^bearer /i.test(authorization)) return { fault: 'missing' };
    const token = authorization.slice(7).trim();
    const identity = this.keys.identify(token);
    return identity === undefined ? this.grants.check(token) : { identity };
  }
}
