import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import { Users } from '../persistence/users.repository.js';

/** The spellings of bcrypt hashes. */
const PREFIXES = ['$2a$', '$2b$', '$2y$'];
const KEPT_MS = 60_000;

/** Knows whether users still have password hashes of former times, and of what cost. */
@Injectable()
export class FormerPasswords {
  private known: { cost: number | undefined; at: number } | undefined;

  constructor(
    private readonly users: Users,
    private readonly clock: Clock,
  ) {}

  /** @returns the cost of the dearest bcrypt hash, at most a minute old; undefined where there is none left */
  async cost(): Promise<number | undefined> {
    const at = this.clock.now().getTime();
    if (this.known === undefined || Math.abs(at - this.known.at) > KEPT_MS) {
      this.known = { cost: await this.look(), at };
    }
    return this.known.cost;
  }

  private async look(): Promise<number | undefined> {
    const hashes = await Promise.all(PREFIXES.map((prefix) => this.users.dearestHash(prefix)));
    const costs = hashes.flatMap((hash) => (hash === undefined ? [] : [Number(hash.slice(4, 6))]));
    return costs.length === 0 ? undefined : Math.max(...costs);
  }
}
