import { Controller } from '@nestjs/common';
import { Problem, questions, type RequestOf } from '#contracts';
import { Answers } from '#messaging';
import { normalEmail } from '../domain/email-address.js';
import { Users } from '../persistence/users.repository.js';
import { RemovedSecondFactors } from '../second-factor/removed-second-factors.js';

/** For operators: somebody has lost the authenticator app and the recovery codes, and has shown who they are. */
@Controller()
export class ResetSecondFactorController {
  constructor(
    private readonly users: Users,
    private readonly removed: RemovedSecondFactors,
  ) {}

  @Answers(questions.resetSecondFactor)
  async reset({ email }: RequestOf<typeof questions.resetSecondFactor>) {
    const user = await this.users.findByEmail(normalEmail(email));
    if (user === null) throw new Problem(404, 'identity.user_not_found', `Nobody signs in as ${email}`);
    return { user_id: user._id, sessions_ended: await this.removed.remove(user._id, undefined) };
  }
}
