import { Controller } from '@nestjs/common';
import { Problem, questions, type RequestOf } from '#contracts';
import { Answers } from '#messaging';
import { Passwords } from '../passwords/passwords.js';
import { Users } from '../persistence/users.repository.js';
import { userNotFound } from '../session-actor.js';
import { Throttle } from '../throttling/throttle.js';

/** Asks again for the password before something irrevocable. */
@Controller()
export class ConfirmPasswordController {
  constructor(
    private readonly users: Users,
    private readonly passwords: Passwords,
    private readonly throttle: Throttle,
  ) {}

  /** Wrong ones count against the same limit as at a change of the password. */
  @Answers(questions.confirmPassword)
  async confirm({ user_id, password }: RequestOf<typeof questions.confirmPassword>): Promise<Record<string, never>> {
    const text = 'Too many attempts, try again later';
    const giveBack = await this.throttle.take({ limit: 'passwordPerUser', of: user_id, text });
    const user = await this.users.find(user_id);
    if (user === null) throw userNotFound();
    if (!(await this.passwords.matches(user.password_hash, password))) {
      throw new Problem(401, 'auth.invalid_credentials', 'Password is incorrect');
    }
    await giveBack();
    return {};
  }
}
