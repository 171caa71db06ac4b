import { Command } from '@nestjs/cqrs';
import type { User } from '../persistence/user.collection.js';

/** The user with an address, made with status `invited` if there is none. */
export class InviteUser extends Command<User> {
  constructor(
    readonly email: string,
    readonly accountId: string,
  ) {
    super();
  }
}
