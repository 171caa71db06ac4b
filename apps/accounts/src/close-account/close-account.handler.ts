import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '#audit';
import { events, Problem, questions } from '#contracts';
import { Mailer } from '#mailer';
import { Questions } from '#messaging';
import { Outbox, UnitOfWork } from '#persistence';
import { Clock } from '../clock.js';
import { accountStates, GRACE_MS } from '../persistence/account-life.js';
import { nameOf, People } from '../people/people.js';
import { Accounts } from '../persistence/accounts.repository.js';
import { Memberships } from '../persistence/memberships.repository.js';
import { CloseAccount } from './close-account.command.js';

@CommandHandler(CloseAccount)
export class CloseAccountHandler implements ICommandHandler<CloseAccount> {
  constructor(
    private readonly accounts: Accounts,
    private readonly memberships: Memberships,
    private readonly people: People,
    private readonly questions: Questions,
    private readonly mailer: Mailer,
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  async execute({ scope, userId, proof, caller }: CloseAccount): Promise<{ eraseAt: Date }> {
    const account = await this.accounts.own(scope);
    if (proof.confirm.trim() !== account.name) throw nameMismatch();
    accountStates.assert(account.status, 'closing');
    await this.questions.ask(questions.confirmPassword, { user_id: userId, password: proof.password });
    const [people, team] = await Promise.all([
      this.people.byId([account.owner_user_id, userId]),
      this.memberships.team(scope),
    ]);
    const owner = people.get(account.owner_user_id);
    const eraseAt = new Date(this.clock.now().getTime() + GRACE_MS);
    await this.unitOfWork.run(async (session) => {
      if ((await this.accounts.livingBelow(scope.accountId)) > 0) throw hasSubAccounts();
      const { version: revision } = await this.accounts.move(scope, 'closing', {
        closed_by: userId,
        erase_at: eraseAt,
      });
      await this.outbox.add(session, events.accountClosed, {
        subject: scope.accountId,
        accountId: scope.accountId,
        data: {
          account_id: scope.accountId,
          closed_by: userId,
          revision,
          erase_at: eraseAt.toISOString(),
          member_ids: team.filter(({ role }) => role !== 'owner').map(({ user_id }) => user_id),
        },
      });
      await this.audit.record(session, {
        ...caller,
        type: 'accounts.account.closed',
        accountId: scope.accountId,
        target: { kind: 'account', id: scope.accountId },
        data: { erase_at: eraseAt.toISOString() },
      });
      if (owner === undefined) return;
      await this.mailer.request(session, {
        template: 'account_deletion_scheduled',
        to: { address: owner.email, name: owner.name },
        accountId: scope.accountId,
        userId: owner.user_id,
        variables: {
          name: owner.name,
          account_name: account.name,
          erase_at: eraseAt,
          requested_by: nameOf(people.get(userId)),
        },
      });
    });
    return { eraseAt };
  }
}

const nameMismatch = (): Problem =>
  new Problem(422, 'accounts.name_mismatch', 'confirm must be the name of the account, exactly', {
    errors: [{ field: 'confirm', code: 'invalid', message: 'must be the name of the account' }],
  });

const hasSubAccounts = (): Problem =>
  new Problem(409, 'accounts.has_sub_accounts', 'There are accounts below this one: delete them first');
