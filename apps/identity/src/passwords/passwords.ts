import { Injectable } from '@nestjs/common';
import { PasswordThreads } from './password-threads.js';

/** How hashes of today begin; older ones are replaced when their password comes by. */
const CURRENT = '$argon2id$v=19$m=19456,t=2,p=1$';

/** Stands in the place of the hash of somebody who has no password, and signs in elsewhere. */
export const NO_PASSWORD = 'none';

/** Of a password that nobody knows: checking it takes as long as checking a real one. */
const NOBODYS = `${CURRENT}D+TrXy4hEuvdw5FJ0FhVKw$KomawxPFuPOaNKnQRXiNGgCxfCBZc2CBEsGkWMx59Kw`;

/** Makes and checks password hashes. */
@Injectable()
export class Passwords {
  constructor(private readonly threads: PasswordThreads = new PasswordThreads()) {}

  async hash(password: string): Promise<string> {
    return String(await this.threads.run({ kind: 'hash', password }));
  }

  /**
   * @param stored Argon2 or bcrypt; undefined when there is no such user (or `NO_PASSWORD`): the check then takes as
   * long and fails, so that the time of the answer does not tell which addresses exist
   * @param formerCost of the dearest bcrypt hash in use, where the time must not tell whose hash is of that kind either
   */
  async matches(stored: string | undefined, password: string, formerCost?: number): Promise<boolean> {
    const hash = stored === NO_PASSWORD ? undefined : stored;
    const right = await this.threads.run({
      kind: 'verify',
      password,
      stored: hash ?? NOBODYS,
      ...(formerCost !== undefined && { formerCost }),
    });
    return hash !== undefined && right === true;
  }

  /** Whether the hash is of another kind or strength than those made now. */
  isOutdated(stored: string): boolean {
    return !stored.startsWith(CURRENT);
  }
}
