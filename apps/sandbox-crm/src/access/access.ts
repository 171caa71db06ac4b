import type { IncomingHttpHeaders } from 'node:http';
import type { Identity, Keys } from './identities.js';
import type { OAuthGrants } from './oauth-grants.js';

export type AccessCheck = { identity: Identity } | { fault: 'missing' | 'unknown' | 'expired' };

/** Who a credential belongs to: keys and access tokens are accepted alike. */
export class Access {
  constructor(
    private readonly keys: Keys,
    private readonly grants: OAuthGrants,
  ) {}

  check(credential: string | undefined): AccessCheck {
    if (credential === undefined || credential === '') return { fault: 'missing' };
    const identity = this.keys.identify(credential);
    return identity === undefined ? this.grants.check(credential) : { identity };
  }
}

/** The token of `Authorization: Bearer <token>`. */
export function bearerOf({ authorization }: IncomingHttpHeaders): string | undefined {
  return authorization !== undefined && /^bearer /i.test(authorization) ? authorization.slice(7).trim() : undefined;
}
