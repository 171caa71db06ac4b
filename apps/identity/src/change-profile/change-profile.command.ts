import { Command } from '@nestjs/cqrs';
import type { Caller } from '../caller.js';
import type { User } from '../persistence/user.collection.js';

export class ChangeProfile extends Command<User> {
  constructor(
    readonly userId: string,
    readonly sessionId: string,
    readonly profile: { name?: string | undefined; email?: string | undefined },
    readonly caller: Caller,
  ) {
    super();
  }
}
