import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { AUDIENCE, ISSUER } from '#auth';
import { SESSION_COOKIE, type Role } from '#contracts';
import { Clock } from '../clock.js';
import { subjectOf } from '../domain/subject.js';
import { sessionCookie } from '../domain/session-cookie.js';
import type { ApiKey } from '../persistence/api-key.collection.js';
import type { Session } from '../persistence/session.collection.js';
import type { User } from '../persistence/user.collection.js';
import { IDENTITY_SETTINGS, type IdentitySettings } from '../settings.js';
import { SIGNING_ALGORITHM } from '../signing-keys/key-pair.js';
import { SigningKeyRing } from '../signing-keys/signing-key-ring.js';

/** An API key's token is fetched again after this time, which bounds how long a change of rights takes. */
export const API_KEY_TOKEN_TTL_S = 60;

export interface SessionAccess {
  token: string;
  /** Seconds. */
  expiresIn: number;
  /** `Set-Cookie` value with the token for `/api/*` reads. */
  cookie: string;
}

type Claims = Record<string, unknown>;

/** Signs access tokens; nobody else does. */
@Injectable()
export class AccessTokens {
  constructor(
    private readonly keys: SigningKeyRing,
    private readonly clock: Clock,
    @Inject(IDENTITY_SETTINGS) private readonly settings: IdentitySettings,
  ) {}

  /** Makes sure that a token can be signed, before something is done that deserves one. */
  async prepare(): Promise<void> {
    await this.keys.signing();
  }

  /** The token of a session, and the cookie beside it. */
  async forSession(user: User, session: Session, role: Role): Promise<SessionAccess> {
    const expiresIn = this.settings.accessTtl;
    const claims = {
      ...claimsOf(user, session.account_id, role),
      sid: session._id,
      amr: session.amr,
    };
    const [token, cookieToken] = await Promise.all([
      this.sign(claims, AUDIENCE, expiresIn),
      this.sign(claims, SESSION_COOKIE.audience, expiresIn),
    ]);
    return { token, expiresIn, cookie: sessionCookie(cookieToken, expiresIn, this.settings) };
  }

  /** The short token that stands for an API key: the rights of the key's maker, within the key's scopes. */
  async forApiKey(creator: User, key: ApiKey, role: Role): Promise<{ token: string; expiresAt: Date }> {
    const claims = {
      ...claimsOf(creator, key.account_id, role),
      key: key._id,
      scope: key.permissions.join(' '),
      ...(key.test === true && { test: true }),
      ...(key.helper_ids !== undefined && { helpers: key.helper_ids }),
      amr: ['api_key'],
    };
    const ends = this.clock.now().getTime() + API_KEY_TOKEN_TTL_S * 1000;
    const expiresAt = new Date(Math.min(ends, key.expires_at?.getTime() ?? ends));
    const seconds = Math.max(1, Math.floor((expiresAt.getTime() - this.clock.now().getTime()) / 1000));
    return { token: await this.sign(claims, AUDIENCE, seconds), expiresAt };
  }

  private async sign(claims: Claims, audience: string, ttlSeconds: number): Promise<string> {
    const { kid, key } = await this.keys.signing();
    const now = Math.floor(this.clock.now().getTime() / 1000);
    return new SignJWT(claims)
      .setProtectedHeader({ alg: SIGNING_ALGORITHM, kid, typ: 'JWT' })
      .setIssuer(ISSUER)
      .setAudience(audience)
      .setIssuedAt(now)
      .setExpirationTime(now + ttlSeconds)
      .setJti(randomUUID())
      .sign(key);
  }
}

const claimsOf = (user: User, accountId: string, role: Role): Claims => ({
  sub: subjectOf(user._id),
  user_id: user._id,
  acc: accountId,
  ver: user.auth_version,
  role,
});
