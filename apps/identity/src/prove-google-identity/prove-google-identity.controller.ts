import { Controller } from '@nestjs/common';
import { Problem, questions, type RequestOf } from '#contracts';
import { Answers } from '#messaging';
import { BegunGoogleSignIns } from '../google/begun-google-sign-ins.js';
import { Users } from '../persistence/users.repository.js';
import { SignInChallenges } from '../sign-in/sign-in-challenges.js';

/** Somebody who is invited comes back from Google. */
@Controller()
export class ProveGoogleIdentityController {
  constructor(
    private readonly begun: BegunGoogleSignIns,
    private readonly users: Users,
    private readonly challenges: SignInChallenges,
  ) {}

  @Answers(questions.proveGoogleIdentity)
  async prove({ user_id, state, ip, ...back }: RequestOf<typeof questions.proveGoogleIdentity>) {
    const user = await this.users.find(user_id);
    if (user?.status !== 'invited') throw new Problem(409, 'identity.user_active', 'This user can sign in already');
    const { person: google } = await this.begun.finish(state, back, { ip });
    if (google.email !== user.email) {
      throw new Problem(403, 'account.email_mismatch', 'This invitation is for another address than the one at Google');
    }
    const proof = await this.challenges.issue('google_entry', { user, amr: ['google'], google });
    return { proof, name: google.name };
  }
}
