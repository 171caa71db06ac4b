import { callbackify } from 'node:util';
import { decodeProtectedHeader } from 'jose';
import { Strategy } from 'passport-jwt';
import { isProblem, Problem } from '#contracts';
import { AccessTokenClaims, AUDIENCE, CLOCK_LEEWAY_S, ISSUER } from './access-token-claims.js';
import type { KeyRing } from './key-ring.js';

export const invalidToken = (cause?: unknown): Problem =>
  new Problem(401, 'auth.invalid_token', 'Authentication required', { cause });

/** What a passport strategy calls on itself when it has decided; passport sets these on a copy per request. */
interface Attempt {
  success(user: unknown): void;
  fail(challenge: unknown): void;
  error(error: unknown): void;
  authenticate(request: TokenRequest): void;
}

interface TokenRequest {
  token: string;
}

export interface VerifiedToken {
  claims: AccessTokenClaims;
  kid: string;
}

function keyIdOf(token: string): string {
  try {
    const { kid } = decodeProtectedHeader(token);
    if (typeof kid === 'string' && kid !== '') return kid;
  } catch (cause) {
    throw invalidToken(cause);
  }
  throw invalidToken(new Error('The token names no key'));
}

/** Checks signature, issuer, audience, life and form of access tokens. Does not know what has been revoked. */
export class TokenVerifier {
  private readonly strategy: Strategy;

  constructor(private readonly keys: KeyRing) {
    const keyFor = callbackify((token: string) => this.keyFor(token));
    this.strategy = new Strategy(
      {
        jwtFromRequest: (request: unknown) => (request as TokenRequest).token,
        secretOrKeyProvider: (_request: unknown, token: string, done) => {
          keyFor(token, done);
        },
        algorithms: ['RS256'],
        issuer: ISSUER,
        audience: AUDIENCE,
        jsonWebTokenOptions: { clockTolerance: CLOCK_LEEWAY_S },
      },
      (payload: unknown, done) => done(null, payload),
    );
  }

  /** @throws Problem 401 `auth.invalid_token`; Problem 503 when its key cannot be had now */
  async verify(token: string): Promise<VerifiedToken> {
    const kid = keyIdOf(token);
    const payload = await this.authenticate(token);
    const claims = AccessTokenClaims.safeParse(payload);
    if (!claims.success) throw invalidToken(claims.error);
    return { claims: claims.data, kid };
  }

  private async keyFor(token: string): Promise<string> {
    const pem = await this.keys.pemFor(keyIdOf(token));
    if (pem === undefined) throw invalidToken(new Error('The key of the token is not known'));
    return pem;
  }

  /** Runs the strategy as passport does, on a copy for this one token. */
  private authenticate(token: string): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const attempt = Object.create(this.strategy) as Attempt;
      attempt.success = resolve;
      attempt.fail = (challenge) => reject(isProblem(challenge) ? challenge : invalidToken(challenge));
      attempt.error = reject;
      attempt.authenticate({ token });
    });
  }
}
