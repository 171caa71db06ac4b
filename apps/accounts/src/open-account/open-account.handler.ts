import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { ClientSession } from 'mongoose';
import { events, newId, scopeOf } from '#contracts';
import { Outbox, turnOf, UnitOfWork } from '#persistence';
import { Clock } from '../clock.js';
import { NEW_ACCOUNT_LIMITS } from '../domain/new-account-limits.js';
import type { AccountRecord } from '../persistence/account.collection.js';
import { Accounts } from '../persistence/accounts.repository.js';
import { Memberships } from '../persistence/memberships.repository.js';
import { OpenAccount } from './open-account.command.js';
import { SubAccountLimit } from './sub-account-limit.js';

@CommandHandler(OpenAccount)
export class OpenAccountHandler implements ICommandHandler<OpenAccount> {
  constructor(
    private readonly accounts: Accounts,
    private readonly memberships: Memberships,
    private readonly subAccounts: SubAccountLimit,
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** The owner exists, so nothing has to be waited for, as it does at registration. */
  async execute(command: OpenAccount): Promise<AccountRecord> {
    if (command.parent === undefined) return this.unitOfWork.run((session) => this.open(session, command, []));
    const room = await this.subAccounts.below(command.parent);
    return this.unitOfWork.run(
      async (session) => {
        await room.take(session);
        return this.open(session, command, room.ancestors);
      },
      { turn: turnOf(room.root, 'sub_accounts') },
    );
  }

  private async open(
    session: ClientSession,
    { ownerId, wish }: OpenAccount,
    ancestors: string[],
  ): Promise<AccountRecord> {
    const accountId = newId('account');
    const scope = scopeOf(accountId);
    const account = await this.accounts.insert(scope, {
      _id: accountId,
      owner_user_id: ownerId,
      created_by_user_id: ownerId,
      name: wish.name,
      company: wish.company ?? '',
      status: 'active',
      plan: 'free',
      limits: NEW_ACCOUNT_LIMITS,
      plan_revision: 0,
      ...(ancestors.length > 0 && { ancestors }),
    });
    await this.memberships.add(scope, ownerId, 'owner', this.clock.now());
    await this.outbox.add(session, events.accountCreated, {
      subject: accountId,
      accountId,
      data: { account_id: accountId, owner_user_id: ownerId, name: account.name, plan: account.plan },
    });
    return account;
  }
}
