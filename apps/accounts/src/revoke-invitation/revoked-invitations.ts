import { Injectable } from '@nestjs/common';
import { events, type AccountScope } from '#contracts';
import { Outbox, UnitOfWork } from '#persistence';
import type { Invitation } from '../persistence/invitation.collection.js';
import { Invitations } from '../persistence/invitations.repository.js';
import { Memberships } from '../persistence/memberships.repository.js';
import { invitationFact } from '../views/invitation-fact.js';

/** Takes invitations back: the link is void and the place is free. */
@Injectable()
export class RevokedInvitations {
  constructor(
    private readonly invitations: Invitations,
    private readonly memberships: Memberships,
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox,
  ) {}

  /** @throws Problem 409 `invitations.transition_not_allowed` unless it is pending */
  revoke(scope: AccountScope, invitation: Invitation, revokedBy: string): Promise<void> {
    return this.unitOfWork.run(async (session) => {
      await this.invitations.end(scope, invitation._id, 'revoked');
      const place = await this.memberships.placeOf(scope, invitation.user_id);
      if (place?.status === 'invited') await this.memberships.remove(scope, place);
      await this.outbox.add(session, events.invitationRevoked, {
        subject: invitation._id,
        accountId: scope.accountId,
        data: { ...invitationFact(invitation), revoked_by: revokedBy },
      });
    });
  }
}
