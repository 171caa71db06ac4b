import { Command } from '@nestjs/cqrs';
import type { AccountScope } from '#contracts';
import type { TeamActor } from '../invite-member/invite-member.command.js';

export class RemoveMember extends Command<void> {
  constructor(
    readonly scope: AccountScope,
    readonly actor: TeamActor,
    readonly userId: string,
  ) {
    super();
  }
}
