import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import { Users } from '../persistence/users.repository.js';

/** Makes tokens void that say more than their user may do now. Sessions go on: a refresh gets the present rights. */
@Injectable()
export class VoidedTokens {
  constructor(
    private readonly users: Users,
    private readonly clock: Clock,
  ) {}

  /** Repeating it costs the user one more refresh. */
  async of(userIds: readonly string[]): Promise<void> {
    for (const userId of new Set(userIds)) await this.users.raiseAuthVersion(userId, this.clock.now());
  }
}
