import { Injectable } from '@nestjs/common';
import { Problem } from '#contracts';
import { invitationTokenHash } from '../domain/invitation-token.js';
import { ExpiredInvitations } from '../expire-invitations/expired-invitations.js';
import type { Invitation } from '../persistence/invitation.collection.js';
import { Invitations } from '../persistence/invitations.repository.js';

const gone = (code: string, text: string): Problem => new Problem(410, code, `${text} Ask for a new one.`);

/** Finds the invitation behind a link. */
@Injectable()
export class OfferedInvitations {
  constructor(
    private readonly invitations: Invitations,
    private readonly expired: ExpiredInvitations,
  ) {}

  /** Accepted or pending. @throws Problem 404 for a link that never was or was replaced, 410 when it is over */
  async known(token: string): Promise<Invitation> {
    const found = await this.invitations.byToken(invitationTokenHash(token));
    if (found === null) throw new Problem(404, 'invitations.not_found', 'Invitation not found');
    const invitation = await this.expired.current(found);
    if (invitation.status === 'expired') throw gone('invitations.expired', 'This invitation has expired.');
    if (invitation.status === 'revoked') throw gone('invitations.revoked', 'This invitation was taken back.');
    return invitation;
  }

  /** As {@link known}, but pending. @throws Problem 409 when it was accepted */
  async open(token: string): Promise<Invitation> {
    const invitation = await this.known(token);
    if (invitation.status === 'accepted') throw alreadyAccepted();
    return invitation;
  }
}

export const alreadyAccepted = (): Problem =>
  new Problem(409, 'invitations.already_accepted', 'This invitation has been accepted already; sign in instead');
