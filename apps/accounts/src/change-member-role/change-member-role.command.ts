import { Command } from '@nestjs/cqrs';
import type { AccountScope, Role } from '#contracts';
import type { TeamActor } from '../invite-member/invite-member.command.js';

export class ChangeMemberRole extends Command<void> {
  constructor(
    readonly scope: AccountScope,
    readonly actor: TeamActor,
    readonly userId: string,
    readonly role: Role,
  ) {
    super();
  }
}
