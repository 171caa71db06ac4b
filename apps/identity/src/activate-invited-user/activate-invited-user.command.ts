import { Command } from '@nestjs/cqrs';
import type { questions, RequestOf } from '#contracts';
import type { User } from '../persistence/user.collection.js';
import type { SessionAccess } from '../sessions/access-tokens.js';

export interface ActivatedUser {
  access: SessionAccess;
  refreshToken: string;
  user: User;
}

export class ActivateInvitedUser extends Command<ActivatedUser> {
  constructor(readonly wish: RequestOf<typeof questions.activateInvitedUser>) {
    super();
  }
}
