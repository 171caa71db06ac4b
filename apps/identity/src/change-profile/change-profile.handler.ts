import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { isDuplicateKey } from '#persistence';
import { Clock } from '../clock.js';
import type { User } from '../persistence/user.collection.js';
import { Users } from '../persistence/users.repository.js';
import { userNotFound } from '../session-actor.js';
import { emailTaken } from '../sign-up/new-owner.js';
import { ChangeProfile } from './change-profile.command.js';

@CommandHandler(ChangeProfile)
export class ChangeProfileHandler implements ICommandHandler<ChangeProfile> {
  constructor(
    private readonly users: Users,
    private readonly clock: Clock,
  ) {}

  /** Another address makes the tokens of all other sessions void: they sign in again or refresh. */
  async execute({ userId, sessionId, profile: { name, email } }: ChangeProfile): Promise<User> {
    const before = await this.users.find(userId);
    if (before === null) throw userNotFound();
    const fields = { ...(name !== undefined && { name }), ...(email !== undefined && { email }) };
    const moved = email !== undefined && email !== before.email;
    try {
      const changed = moved
        ? await this.users.raiseAuthVersion(userId, this.clock.now(), { except: sessionId, fields })
        : await this.users.change(userId, fields);
      if (changed === null) throw userNotFound();
      return changed;
    } catch (error) {
      throw isDuplicateKey(error) ? emailTaken() : error;
    }
  }
}
