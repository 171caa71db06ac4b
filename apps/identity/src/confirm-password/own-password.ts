import { Injectable } from '@nestjs/common';
import { Problem } from '#contracts';
import { NO_PASSWORD, Passwords } from '../passwords/passwords.js';
import type { User } from '../persistence/user.collection.js';
import { Users } from '../persistence/users.repository.js';
import { userNotFound } from '../session-actor.js';
import { Throttle } from '../throttling/throttle.js';

/** Asks for the password again, before something that whoever finds an open session must not do. */
@Injectable()
export class OwnPassword {
  constructor(
    private readonly users: Users,
    private readonly passwords: Passwords,
    private readonly throttle: Throttle,
  ) {}

  /** @throws Problem 401 `auth.invalid_credentials`, 409 `auth.no_password`, 429 after too many wrong ones */
  async confirm(userId: string, password: string): Promise<User> {
    const text = 'Too many attempts, try again later';
    const giveBack = await this.throttle.take({ limit: 'passwordPerUser', of: userId, text });
    const user = await this.users.find(userId);
    if (user === null) throw userNotFound();
    if (user.password_hash === NO_PASSWORD) throw noPassword();
    if (!(await this.passwords.matches(user.password_hash, password))) {
      throw new Problem(401, 'auth.invalid_credentials', 'Password is incorrect');
    }
    await giveBack();
    return user;
  }
}

export const noPassword = (): Problem =>
  new Problem(409, 'auth.no_password', 'You have no password yet; choose one by way of the forgotten password first');
