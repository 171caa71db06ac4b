import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { randomBytes } from 'node:crypto';
import { newId } from '#contracts';
import { isDuplicateKey } from '#persistence';
import { Passwords } from '../passwords/passwords.js';
import type { User } from '../persistence/user.collection.js';
import { Users } from '../persistence/users.repository.js';
import { InviteUser } from './invite-user.command.js';

@CommandHandler(InviteUser)
export class InviteUserHandler implements ICommandHandler<InviteUser> {
  constructor(
    private readonly users: Users,
    private readonly passwords: Passwords,
  ) {}

  async execute({ email, accountId }: InviteUser): Promise<User> {
    const found = await this.users.findByEmail(email);
    if (found !== null) return found;
    // A password that nobody knows: signing in takes as long as for everybody else, and fails.
    const passwordHash = await this.passwords.hash(randomBytes(32).toString('base64url'));
    try {
      return await this.users.insert({
        _id: newId('user'),
        email,
        name: email,
        status: 'invited',
        password_hash: passwordHash,
        current_account_id: accountId,
        onboarding_complete: false,
        auth_version: 1,
      });
    } catch (error) {
      const other = isDuplicateKey(error) ? await this.users.findByEmail(email) : null;
      if (other === null) throw error;
      return other;
    }
  }
}
