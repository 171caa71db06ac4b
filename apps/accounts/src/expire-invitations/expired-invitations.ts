import { Injectable } from '@nestjs/common';
import { events, scopeOf, type AccountScope } from '#contracts';
import { Outbox, UnitOfWork } from '#persistence';
import { Clock } from '../clock.js';
import type { Invitation } from '../persistence/invitation.collection.js';
import { Invitations } from '../persistence/invitations.repository.js';
import { Memberships } from '../persistence/memberships.repository.js';
import { invitationFact } from '../views/invitation-fact.js';

/** Ends invitations whose time is over: whoever looks at one first does it, and a sweep does the rest. */
@Injectable()
export class ExpiredInvitations {
  constructor(
    private readonly invitations: Invitations,
    private readonly memberships: Memberships,
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** The invitation as it is now: expired, if its time is over. */
  async current(invitation: Invitation): Promise<Invitation> {
    if (invitation.status !== 'pending' || invitation.expires_at > this.clock.now()) return invitation;
    return this.expire(invitation);
  }

  /** Ends those of one account, so that their places are free. */
  async expireOf(scope: AccountScope): Promise<void> {
    for (const invitation of await this.invitations.ofAccount(scope, 'pending')) await this.current(invitation);
  }

  /** Somebody may have accepted, revoked or renewed it at this very moment: then that counts. */
  private async expire(invitation: Invitation): Promise<Invitation> {
    const scope = scopeOf(invitation.account_id);
    return this.unitOfWork.run(async (session) => {
      const now = await this.invitations.get(scope, invitation._id);
      if (now.status !== 'pending' || now.expires_at > this.clock.now()) return now;
      const ended = await this.invitations.end(scope, now._id, 'expired');
      const place = await this.memberships.placeOf(scope, now.user_id);
      if (place?.status === 'invited') await this.memberships.remove(scope, place);
      await this.outbox.add(session, events.invitationExpired, {
        subject: now._id,
        accountId: now.account_id,
        data: invitationFact(now),
      });
      return ended;
    });
  }
}
