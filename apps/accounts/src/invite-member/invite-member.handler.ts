import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { ClientSession } from 'mongoose';
import { events, newId, Problem, questions, refuseBeyondPlan, type AccountScope, type PlanOfAccount } from '#contracts';
import { Questions } from '#messaging';
import { Outbox, PlanRoom, turnOf, UnitOfWork } from '#persistence';
import { Clock } from '../clock.js';
import { INVITATION_LIFE_MS, newInvitationToken } from '../domain/invitation-token.js';
import { refuseRoleAbove } from '../domain/role-above-own.js';
import { ExpiredInvitations } from '../expire-invitations/expired-invitations.js';
import { People, type Person } from '../people/people.js';
import { Accounts } from '../persistence/accounts.repository.js';
import type { Invitation } from '../persistence/invitation.collection.js';
import { Invitations } from '../persistence/invitations.repository.js';
import { Memberships } from '../persistence/memberships.repository.js';
import { InvitationRate } from '../team-limit/invitation-rate.js';
import { invitationFact } from '../views/invitation-fact.js';
import { InvitationMail } from './invitation-mail.js';
import { InviteMember } from './invite-member.command.js';

@CommandHandler(InviteMember)
export class InviteMemberHandler implements ICommandHandler<InviteMember> {
  constructor(
    private readonly accounts: Accounts,
    private readonly memberships: Memberships,
    private readonly invitations: Invitations,
    private readonly expired: ExpiredInvitations,
    private readonly rate: InvitationRate,
    private readonly people: People,
    private readonly mail: InvitationMail,
    private readonly questions: Questions,
    private readonly room: PlanRoom,
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Nobody is linked here: the invited user only gets a place that waits, and a mail. */
  async execute({ scope, actor, invited }: InviteMember): Promise<Invitation> {
    refuseRoleAbove(actor.role, invited.role);
    const [account, plan, people] = await Promise.all([
      this.accounts.own(scope),
      this.room.planOf(scope),
      this.people.byId([actor.userId]),
    ]);
    await this.expired.expireOf(scope);
    const user = await this.userOf(scope, plan, invited.email);
    const { token, hash } = newInvitationToken();
    return this.unitOfWork.run(
      async (session) => {
        await this.room.hold(session, scope, 'team_members');
        await this.refusePresent(scope, user.user_id);
        refuseBeyondPlan('team_members', plan, await this.memberships.countTeam(scope));
        await this.rate.check(scope);
        const invitation = await this.keepPlace(session, scope, {
          email: user.email,
          user_id: user.user_id,
          role: invited.role,
          inviter_id: actor.userId,
          token_hash: hash,
        });
        const inviter: Person | undefined = people.get(actor.userId);
        await this.mail.request(session, { ...invitation, account, inviter, token });
        return invitation;
      },
      { turn: turnOf(scope, 'team_members') },
    );
  }

  /**
   * The limits are looked at before identity makes a user for an unknown address, so that refused invitations leave
   * nothing behind; what counts is the look inside the transaction.
   */
  private async userOf(scope: AccountScope, plan: PlanOfAccount, email: string) {
    refuseBeyondPlan('team_members', plan, await this.memberships.countTeam(scope));
    await this.rate.check(scope);
    return this.questions.ask(questions.inviteUser, { email, account_id: scope.accountId });
  }

  private async refusePresent(scope: AccountScope, userId: string): Promise<void> {
    const place = await this.memberships.placeOf(scope, userId);
    if (place === null) return;
    if (place.status === 'invited') {
      const text = 'This address has been invited already; resend that invitation instead';
      throw new Problem(409, 'account.invitation_already_exists', text);
    }
    throw new Problem(409, 'account.already_member', 'User is already a member of this account');
  }

  private async keepPlace(
    session: ClientSession,
    scope: AccountScope,
    wish: Pick<Invitation, 'email' | 'user_id' | 'role' | 'inviter_id' | 'token_hash'>,
  ): Promise<Invitation> {
    const now = this.clock.now();
    const { user_id, role, inviter_id } = wish;
    await this.memberships.invite(scope, { user_id, role, invited_by: inviter_id, linked_at: now });
    const invitation = await this.invitations.insert(scope, {
      ...wish,
      _id: newId('inv'),
      status: 'pending',
      expires_at: new Date(now.getTime() + INVITATION_LIFE_MS),
      sent_at: [now],
    });
    await this.outbox.add(session, events.memberInvited, {
      subject: invitation._id,
      accountId: scope.accountId,
      data: {
        ...invitationFact(invitation),
        invited_by: inviter_id,
        expires_at: invitation.expires_at.toISOString(),
      },
    });
    return invitation;
  }
}
