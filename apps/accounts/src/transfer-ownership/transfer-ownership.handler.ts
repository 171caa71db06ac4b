import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { ClientSession } from 'mongoose';
import { AuditLog } from '#audit';
import { events, Problem, questions, type Role } from '#contracts';
import { Mailer } from '#mailer';
import { Questions } from '#messaging';
import { Outbox, UnitOfWork } from '#persistence';
import { isBelow } from '../domain/role-order.js';
import { changedMeanwhile, memberNotFound } from '../domain/team-rules.js';
import { nameOf, People, type Person } from '../people/people.js';
import type { AccountRecord } from '../persistence/account.collection.js';
import { Accounts } from '../persistence/accounts.repository.js';
import type { MembershipRecord } from '../persistence/membership.collection.js';
import { Memberships } from '../persistence/memberships.repository.js';
import { TransferOwnership } from './transfer-ownership.command.js';

const FORMER_OWNER: Role = 'admin';

@CommandHandler(TransferOwnership)
export class TransferOwnershipHandler implements ICommandHandler<TransferOwnership> {
  constructor(
    private readonly accounts: Accounts,
    private readonly memberships: Memberships,
    private readonly people: People,
    private readonly questions: Questions,
    private readonly mailer: Mailer,
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
  ) {}

  /** Whoever owns an account above may do it, too; then it is the owner of this one who becomes an admin. */
  async execute({ scope, callerId, to, caller }: TransferOwnership): Promise<AccountRecord> {
    const account = await this.accounts.own(scope);
    const heir = await this.memberships.placeOf(scope, to.userId);
    if (heir?.status !== 'active') throw memberNotFound();
    if (heir.role === 'owner') {
      throw new Problem(409, 'account.already_owner', 'This member owns the account already');
    }
    const owner = await this.memberships.placeOf(scope, account.owner_user_id);
    if (owner === null) throw changedMeanwhile();
    const people = await this.people.byId([owner.user_id, heir.user_id]);
    if (people.get(heir.user_id)?.email_verified !== true) throw addressNotVerified();
    await this.questions.ask(questions.confirmPassword, { user_id: callerId, password: to.password });
    return this.unitOfWork.run(async (session) => {
      if (!(await this.memberships.changeRole(scope, owner, FORMER_OWNER))) throw changedMeanwhile();
      if (!(await this.memberships.changeRole(scope, heir, 'owner'))) throw changedMeanwhile();
      const changed = await this.accounts.update(scope, scope.accountId, { owner_user_id: heir.user_id });
      await this.tell(session, owner, FORMER_OWNER, callerId);
      await this.tell(session, heir, 'owner', callerId);
      await this.mail(session, changed, people.get(owner.user_id), people.get(heir.user_id));
      await this.audit.record(session, {
        ...caller,
        type: 'accounts.ownership.transferred',
        accountId: scope.accountId,
        target: { kind: 'user', id: heir.user_id },
        data: { former_owner: owner.user_id },
      });
      return changed;
    });
  }

  private async tell(session: ClientSession, before: MembershipRecord, role: Role, changedBy: string): Promise<void> {
    await this.outbox.add(session, events.memberRoleChanged, {
      subject: before.user_id,
      accountId: before.account_id,
      data: {
        account_id: before.account_id,
        user_id: before.user_id,
        role,
        previous_role: before.role,
        lowered: isBelow(role, before.role),
        changed_by: changedBy,
      },
    });
  }

  private async mail(
    session: ClientSession,
    account: AccountRecord,
    from: Person | undefined,
    to: Person | undefined,
  ): Promise<void> {
    for (const person of [from, to]) {
      if (person === undefined) continue;
      await this.mailer.request(session, {
        template: 'ownership_transferred',
        to: { address: person.email, name: person.name },
        accountId: account._id,
        userId: person.user_id,
        variables: { name: person.name, account_name: account.name, from_name: nameOf(from), to_name: nameOf(to) },
      });
    }
  }
}

const addressNotVerified = (): Problem => {
  const text = 'The new owner has to verify their e-mail address first';
  return new Problem(403, 'account.email_not_verified', text);
};
