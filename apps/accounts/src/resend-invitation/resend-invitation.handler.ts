import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { events } from '#contracts';
import { Outbox, PlanRoom, turnOf, UnitOfWork } from '#persistence';
import { Clock } from '../clock.js';
import { INVITATION_LIFE_MS, newInvitationToken } from '../domain/invitation-token.js';
import { ExpiredInvitations } from '../expire-invitations/expired-invitations.js';
import { InvitationMail } from '../invite-member/invitation-mail.js';
import { People } from '../people/people.js';
import { Accounts } from '../persistence/accounts.repository.js';
import { invitationStates, type Invitation } from '../persistence/invitation.collection.js';
import { Invitations } from '../persistence/invitations.repository.js';
import { InvitationRate } from '../team-limit/invitation-rate.js';
import { invitationFact } from '../views/invitation-fact.js';
import { ResendInvitation } from './resend-invitation.command.js';

@CommandHandler(ResendInvitation)
export class ResendInvitationHandler implements ICommandHandler<ResendInvitation> {
  constructor(
    private readonly accounts: Accounts,
    private readonly invitations: Invitations,
    private readonly expired: ExpiredInvitations,
    private readonly rate: InvitationRate,
    private readonly people: People,
    private readonly mail: InvitationMail,
    private readonly room: PlanRoom,
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** The new mail has a new link and a new week; the former link is void. */
  async execute({ scope, userId, invitationId }: ResendInvitation): Promise<Invitation> {
    const [account, people] = await Promise.all([this.accounts.own(scope), this.people.byId([userId])]);
    await this.expired.current(await this.invitations.get(scope, invitationId));
    const { token, hash } = newInvitationToken();
    return this.unitOfWork.run(
      async (session) => {
        await this.room.hold(session, scope, 'team_members');
        await this.rate.check(scope);
        const now = this.clock.now();
        const expiresAt = new Date(now.getTime() + INVITATION_LIFE_MS);
        const renewed = await this.invitations.renew(scope, invitationId, { tokenHash: hash, expiresAt, now });
        const invitation = await this.invitations.get(scope, invitationId);
        if (!renewed) throw invitationStates.refusal(invitation.status, 'pending');
        await this.mail.request(session, { ...invitation, account, inviter: people.get(userId), token });
        await this.outbox.add(session, events.invitationResent, {
          subject: invitationId,
          accountId: scope.accountId,
          data: { ...invitationFact(invitation), resent_by: userId, expires_at: expiresAt.toISOString() },
        });
        return invitation;
      },
      { turn: turnOf(scope, 'team_members') },
    );
  }
}
