import { Command } from '@nestjs/cqrs';
import type { AccountScope } from '#contracts';
import type { Invitation } from '../persistence/invitation.collection.js';

export class RevokeInvitation extends Command<Invitation> {
  constructor(
    readonly scope: AccountScope,
    readonly userId: string,
    readonly invitationId: string,
  ) {
    super();
  }
}
