import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { questions, scopeOf } from '#contracts';
import { Questions } from '#messaging';
import { UnitOfWork } from '#persistence';
import type { StopsWork } from '#service-defaults';
import { logger } from '#telemetry';
import { Clock } from '../clock.js';
import { ACCOUNTS_CONFIG, type AccountsConfig } from '../config.js';
import { ClaimedAccounts } from '../follow-registrations/claimed-accounts.js';
import { Accounts } from '../persistence/accounts.repository.js';
import { Memberships } from '../persistence/memberships.repository.js';

/** Far longer than a registration can take. */
const WAIT_FOR_OWNER_MS = 60 * 60 * 1000;
const ACCOUNTS_A_ROUND = 200;

/**
 * Removes accounts whose registration did not come to its end: their owner does not exist, so nobody has ever seen
 * them. Identity is asked first: the event may have been lost, the user not. Replicas may sweep at the same time.
 */
@Injectable()
export class UnclaimedAccountsSweeper implements OnApplicationBootstrap, StopsWork {
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> = Promise.resolve();

  constructor(
    private readonly accounts: Accounts,
    private readonly memberships: Memberships,
    private readonly claimed: ClaimedAccounts,
    private readonly questions: Questions,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    @Inject(ACCOUNTS_CONFIG) private readonly config: AccountsConfig,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.begin(), this.config.MFH_ACCOUNTS_SWEEP_MS).unref();
  }

  async stopWork(): Promise<void> {
    clearInterval(this.timer);
    await this.round;
  }

  /** One round. @throws Problem 503 when identity or the database does not answer: nothing is removed then */
  async sweep(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - WAIT_FOR_OWNER_MS);
    const accounts = await this.accounts.unclaimed(before, ACCOUNTS_A_ROUND);
    if (accounts.length === 0) return;
    const owners = [...new Set(accounts.map(({ owner_user_id }) => owner_user_id))];
    const { users } = await this.questions.ask(questions.describeUsers, { user_ids: owners });
    const active = users.filter(({ status }) => status === 'active');
    const existing = new Set(active.map(({ user_id }) => user_id));
    for (const { _id, owner_user_id } of accounts) {
      if (existing.has(owner_user_id)) await this.claimed.claim(_id);
      else await this.remove(_id);
    }
  }

  private begin(): void {
    this.round = this.round.then(() =>
      this.sweep().catch((error: unknown) => {
        logger.warn({ err: error }, 'unclaimed accounts could not be swept, the next round tries again');
      }),
    );
  }

  private async remove(accountId: string): Promise<void> {
    await this.unitOfWork.run(async () => {
      if (await this.accounts.removeUnclaimed(accountId)) await this.memberships.deleteWhere(scopeOf(accountId), {});
    });
    logger.info({ account_id: accountId }, 'an account without owner was removed');
  }
}
