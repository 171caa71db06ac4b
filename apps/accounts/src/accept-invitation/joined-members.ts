import { Injectable } from '@nestjs/common';
import { events, scopeOf } from '#contracts';
import { Outbox, PlanRoom, turnOf, UnitOfWork } from '#persistence';
import { Clock } from '../clock.js';
import type { Person } from '../people/people.js';
import { TeamMails } from '../people/team-mails.js';
import { Accounts } from '../persistence/accounts.repository.js';
import { invitationStates, type Invitation } from '../persistence/invitation.collection.js';
import { Invitations } from '../persistence/invitations.repository.js';
import { Memberships } from '../persistence/memberships.repository.js';
import { invitationFact } from '../views/invitation-fact.js';

/** Makes an accepted invitation a membership. */
@Injectable()
export class JoinedMembers {
  constructor(
    private readonly accounts: Accounts,
    private readonly invitations: Invitations,
    private readonly memberships: Memberships,
    private readonly mails: TeamMails,
    private readonly room: PlanRoom,
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * The plan may have become smaller since the invitation, so its limit is looked at again.
   * @throws Problem 403 `billing.limit_reached`, 409 when the invitation is not pending any more
   */
  async join(invitation: Invitation, member: Person, inviter: Person | undefined): Promise<void> {
    const scope = scopeOf(invitation.account_id);
    const [account, plan] = await Promise.all([this.accounts.own(scope), this.room.planOf(scope)]);
    await this.unitOfWork.run(
      async (session) => {
        const used = () => this.memberships.countTeam(scope);
        await this.room.take(session, scope, { resource: 'team_members', plan, used, wanted: 0 });
        const now = this.clock.now();
        const set = { accepted_at: now, accepted_user_id: invitation.user_id };
        const accepted = await this.invitations.end(scope, invitation._id, 'accepted', set);
        const membership = await this.memberships.join(scope, accepted.user_id, now);
        if (membership === null) throw invitationStates.refusal('revoked', 'accepted');
        await this.outbox.add(session, events.memberJoined, {
          subject: accepted.user_id,
          accountId: scope.accountId,
          data: { ...invitationFact({ ...accepted, role: membership.role }), invited_by: accepted.inviter_id },
        });
        await this.mails.tell(session, { change: 'joined', account, role: membership.role, member, to: inviter });
      },
      { turn: turnOf(scope, 'team_members') },
    );
  }
}
