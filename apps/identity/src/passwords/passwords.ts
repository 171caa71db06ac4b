import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';

/** Argon2id: 19 MiB, two passes, one lane. About 30 ms on a server core, done outside the event loop. */
const PARAMETERS = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Makes and checks password hashes. */
@Injectable()
export class Passwords {
  /** Of a password nobody has: checking it takes as long as checking a real one. */
  private readonly dummy = hash('No user has this password: 4e6f', PARAMETERS);

  hash(password: string): Promise<string> {
    return hash(password, PARAMETERS);
  }

  /**
   * @param stored undefined when there is no such user: the check then takes as long and fails, so that the time of
   * the answer does not tell which addresses exist
   */
  async matches(stored: string | undefined, password: string): Promise<boolean> {
    const right = await verify(stored ?? (await this.dummy), password);
    return stored !== undefined && right;
  }
}
