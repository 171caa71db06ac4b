import { Command } from '@nestjs/cqrs';
import type { AccountScope, Role } from '#contracts';
import type { Invitation } from '../persistence/invitation.collection.js';

/** Somebody who changes a team, with the role that this person has in the account. */
export interface TeamActor {
  userId: string;
  role: Role;
}

export class InviteMember extends Command<Invitation> {
  constructor(
    readonly scope: AccountScope,
    readonly actor: TeamActor,
    readonly invited: { email: string; role: Role },
  ) {
    super();
  }
}
