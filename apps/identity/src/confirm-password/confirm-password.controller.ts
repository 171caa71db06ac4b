import { Controller } from '@nestjs/common';
import { questions, type RequestOf } from '#contracts';
import { Answers } from '#messaging';
import { OwnPassword } from './own-password.js';

/** Asks again for the password before something irrevocable. */
@Controller()
export class ConfirmPasswordController {
  constructor(private readonly ownPassword: OwnPassword) {}

  /** Wrong ones count against the same limit as at a change of the password. */
  @Answers(questions.confirmPassword)
  async confirm({ user_id, password }: RequestOf<typeof questions.confirmPassword>): Promise<Record<string, never>> {
    await this.ownPassword.confirm(user_id, password);
    return {};
  }
}
