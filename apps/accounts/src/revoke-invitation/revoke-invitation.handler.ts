import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ExpiredInvitations } from '../expire-invitations/expired-invitations.js';
import type { Invitation } from '../persistence/invitation.collection.js';
import { Invitations } from '../persistence/invitations.repository.js';
import { RevokeInvitation } from './revoke-invitation.command.js';
import { RevokedInvitations } from './revoked-invitations.js';

@CommandHandler(RevokeInvitation)
export class RevokeInvitationHandler implements ICommandHandler<RevokeInvitation> {
  constructor(
    private readonly invitations: Invitations,
    private readonly expired: ExpiredInvitations,
    private readonly revoked: RevokedInvitations,
  ) {}

  async execute({ scope, userId, invitationId }: RevokeInvitation): Promise<Invitation> {
    const invitation = await this.expired.current(await this.invitations.get(scope, invitationId));
    await this.revoked.revoke(scope, invitation, userId);
    return { ...invitation, status: 'revoked' };
  }
}
