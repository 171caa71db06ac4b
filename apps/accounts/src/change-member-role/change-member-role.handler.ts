import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { events } from '#contracts';
import { Outbox, UnitOfWork } from '#persistence';
import { refuseRoleAbove } from '../domain/role-above-own.js';
import { isBelow } from '../domain/role-order.js';
import { changedMeanwhile, memberNotFound, refuseRoleChange } from '../domain/team-rules.js';
import { People } from '../people/people.js';
import { TeamMails } from '../people/team-mails.js';
import { Accounts } from '../persistence/accounts.repository.js';
import { Invitations } from '../persistence/invitations.repository.js';
import { Memberships } from '../persistence/memberships.repository.js';
import { ChangeMemberRole } from './change-member-role.command.js';

@CommandHandler(ChangeMemberRole)
export class ChangeMemberRoleHandler implements ICommandHandler<ChangeMemberRole> {
  constructor(
    private readonly accounts: Accounts,
    private readonly memberships: Memberships,
    private readonly invitations: Invitations,
    private readonly people: People,
    private readonly mails: TeamMails,
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox,
  ) {}

  /** Somebody who has not accepted yet gets the new role on accepting. */
  async execute({ scope, actor, userId, role }: ChangeMemberRole): Promise<void> {
    const seen = await this.memberships.placeOf(scope, userId);
    if (seen === null) throw memberNotFound();
    refuseRoleChange(actor, seen);
    refuseRoleAbove(actor.role, role);
    if (seen.role === role) return;
    const [account, people] = await Promise.all([this.accounts.own(scope), this.people.byId([userId])]);
    const member = people.get(userId);
    await this.unitOfWork.run(async (session) => {
      if (!(await this.memberships.changeRole(scope, seen, role))) throw changedMeanwhile();
      await this.invitations.changeRole(scope, userId, role);
      await this.outbox.add(session, events.memberRoleChanged, {
        subject: userId,
        accountId: scope.accountId,
        data: {
          account_id: scope.accountId,
          user_id: userId,
          role,
          previous_role: seen.role,
          lowered: isBelow(role, seen.role),
          changed_by: actor.userId,
        },
      });
      if (member === undefined || seen.status !== 'active') return;
      await this.mails.tell(session, { change: 'role_changed', account, role, member, to: member });
    });
  }
}
