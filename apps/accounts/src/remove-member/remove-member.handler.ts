import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { events } from '#contracts';
import { Outbox, UnitOfWork } from '#persistence';
import { changedMeanwhile, memberNotFound, refuseRemoval } from '../domain/team-rules.js';
import { People } from '../people/people.js';
import { TeamMails } from '../people/team-mails.js';
import { Accounts } from '../persistence/accounts.repository.js';
import { Invitations } from '../persistence/invitations.repository.js';
import { Memberships } from '../persistence/memberships.repository.js';
import { RevokedInvitations } from '../revoke-invitation/revoked-invitations.js';
import { RemoveMember } from './remove-member.command.js';

@CommandHandler(RemoveMember)
export class RemoveMemberHandler implements ICommandHandler<RemoveMember> {
  constructor(
    private readonly accounts: Accounts,
    private readonly memberships: Memberships,
    private readonly invitations: Invitations,
    private readonly revoked: RevokedInvitations,
    private readonly people: People,
    private readonly mails: TeamMails,
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox,
  ) {}

  /** For somebody who has not accepted yet it takes the invitation back. */
  async execute({ scope, actor, userId }: RemoveMember): Promise<void> {
    const seen = await this.memberships.placeOf(scope, userId);
    if (seen === null) throw memberNotFound();
    refuseRemoval(actor, seen);
    if (seen.status === 'invited') {
      const invitation = await this.invitations.pendingOf(scope, userId);
      if (invitation !== null) return this.revoked.revoke(scope, invitation, actor.userId);
    }
    const [account, people] = await Promise.all([this.accounts.own(scope), this.people.byId([userId])]);
    const member = people.get(userId);
    await this.unitOfWork.run(async (session) => {
      if (!(await this.memberships.remove(scope, seen))) throw changedMeanwhile();
      await this.outbox.add(session, events.memberRemoved, {
        subject: userId,
        accountId: scope.accountId,
        data: { account_id: scope.accountId, user_id: userId, role: seen.role, removed_by: actor.userId },
      });
      if (member === undefined) return;
      await this.mails.tell(session, { change: 'removed', account, role: seen.role, member, to: member });
    });
  }
}
