import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import { ERASING_SERVICES, events, newId, scopeOf } from '#contracts';
import { Outbox, UnitOfWork } from '#persistence';
import { Clock } from '../clock.js';
import { People } from '../people/people.js';
import type { AccountRecord } from '../persistence/account.collection.js';
import { Accounts } from '../persistence/accounts.repository.js';
import type { Erasure } from '../persistence/erasure.collection.js';
import { Erasures } from '../persistence/erasures.repository.js';
import { Memberships } from '../persistence/memberships.repository.js';

/** Services that have not reported are asked again after this time. */
const PATIENCE_MS = 10 * 60 * 1000;
const ACCOUNTS_A_ROUND = 50;

/** Begins erasures whose time has come, and asks again for what was not reported. */
@Injectable()
export class DueErasures {
  constructor(
    private readonly accounts: Accounts,
    private readonly memberships: Memberships,
    private readonly erasures: Erasures,
    private readonly people: People,
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** One round. @returns whether there may be more */
  async round(): Promise<boolean> {
    const now = this.clock.now();
    const due = await this.accounts.dueForErasure(now, ACCOUNTS_A_ROUND);
    for (const account of due) await this.begin(account);
    const late = await this.erasures.unfinished(new Date(now.getTime() - PATIENCE_MS), ACCOUNTS_A_ROUND);
    for (const erasure of late) await this.askAgain(erasure);
    return due.length === ACCOUNTS_A_ROUND;
  }

  /** From here on nothing can be restored. Replicas may try at the same time: one of them moves the account. */
  private async begin(account: AccountRecord): Promise<void> {
    const scope = scopeOf(account._id);
    const owner = (await this.people.byId([account.owner_user_id])).get(account.owner_user_id);
    const userIds = await this.memberships.onlyIn(scope);
    await this.unitOfWork.run(async (session) => {
      if (!(await this.accounts.beginErasure(scope, this.clock.now()))) return;
      const erasure = await this.erasures.insert(scope, {
        _id: newId('ers'),
        services: [...ERASING_SERVICES],
        user_ids: userIds,
        reports: [],
        closed_by: account.closed_by ?? account.owner_user_id,
        asked_at: this.clock.now(),
        ...(owner !== undefined && {
          to_tell: { address: owner.email, name: owner.name, account_name: account.name },
        }),
      });
      await this.ask(session, erasure);
    });
  }

  private async askAgain(erasure: Erasure): Promise<void> {
    await this.unitOfWork.run(async (session) => {
      if (await this.erasures.askAgain(erasure, this.clock.now())) await this.ask(session, erasure);
    });
  }

  private async ask(session: ClientSession, { _id, account_id, user_ids }: Erasure): Promise<void> {
    await this.outbox.add(session, events.accountErasureDue, {
      subject: account_id,
      accountId: account_id,
      data: { account_id, erasure_id: _id, user_ids },
    });
  }
}
