import { Injectable } from '@nestjs/common';
import { Problem } from '#contracts';
import type { Caller } from '../caller.js';
import { nobodyAt, type SecretPurpose } from '../domain/one-time-secret.js';
import type { OneTimeSecret } from '../persistence/one-time-secret.collection.js';
import { Users } from '../persistence/users.repository.js';
import { Throttle } from '../throttling/throttle.js';
import { OneTimeSecrets } from './one-time-secrets.js';

const TOO_MANY = 'Too many attempts, try again later';

export const invalidCode = (): Problem => new Problem(400, 'auth.invalid_code', 'Invalid verification code');

/** Finds what a code or a link stands for, and keeps guessing slow. */
@Injectable()
export class ShownSecrets {
  constructor(
    private readonly secrets: OneTimeSecrets,
    private readonly users: Users,
    private readonly throttle: Throttle,
  ) {}

  /**
   * Only wrong codes count against the address. The same work and the same answer where nobody has it.
   * @throws Problem 400 `auth.invalid_code`, 400 `auth.code_expired`, 429
   */
  async byCode(purpose: SecretPurpose, email: string, code: string): Promise<OneTimeSecret> {
    const giveBack = await this.throttle.take({ limit: 'confirm', of: `${purpose} ${email}`, text: TOO_MANY });
    const user = await this.users.findByEmail(email);
    const found = await this.secrets.checkCode(purpose, user?._id ?? nobodyAt(email), code);
    if (found === 'expired') {
      throw new Problem(400, 'auth.code_expired', 'Verification code has expired. Please request a new one.');
    }
    if (found === 'wrong' || found.secret.email !== user?.email) throw invalidCode();
    await giveBack();
    return found.secret;
  }

  /** @returns undefined when the link leads nowhere. @throws Problem 429 */
  async byToken(purpose: SecretPurpose, token: string, { ip }: Caller): Promise<OneTimeSecret | undefined> {
    const giveBack = await this.throttle.take({ limit: 'confirm', of: `${purpose} ${ip}`, text: TOO_MANY });
    const secret = await this.secrets.findToken(purpose, token);
    if (secret !== undefined) await giveBack();
    return secret;
  }
}
