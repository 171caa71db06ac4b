import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '#audit';
import { events, Problem } from '#contracts';
import { Mailer } from '#mailer';
import { Outbox, UnitOfWork } from '#persistence';
import { Clock } from '../clock.js';
import { People } from '../people/people.js';
import type { AccountRecord } from '../persistence/account.collection.js';
import { Accounts } from '../persistence/accounts.repository.js';
import { RestoreAccount } from './restore-account.command.js';

@CommandHandler(RestoreAccount)
export class RestoreAccountHandler implements ICommandHandler<RestoreAccount> {
  constructor(
    private readonly accounts: Accounts,
    private readonly people: People,
    private readonly mailer: Mailer,
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  async execute({ scope, userId, caller }: RestoreAccount): Promise<AccountRecord> {
    const { owner_user_id } = await this.accounts.own(scope);
    const owner = (await this.people.byId([owner_user_id])).get(owner_user_id);
    return this.unitOfWork.run(async (session) => {
      const restored = await this.accounts.restore(scope, this.clock.now());
      if (restored === null) throw new Problem(409, 'accounts.not_closing', 'This account is not being deleted');
      await this.outbox.add(session, events.accountRestored, {
        subject: scope.accountId,
        accountId: scope.accountId,
        data: { account_id: scope.accountId, restored_by: userId, revision: restored.version },
      });
      await this.audit.record(session, {
        ...caller,
        type: 'accounts.account.restored',
        accountId: scope.accountId,
        target: { kind: 'account', id: scope.accountId },
      });
      if (owner !== undefined) {
        await this.mailer.request(session, {
          template: 'account_restored',
          to: { address: owner.email, name: owner.name },
          accountId: scope.accountId,
          userId: owner.user_id,
          variables: { name: owner.name, account_name: restored.name },
        });
      }
      return restored;
    });
  }
}
