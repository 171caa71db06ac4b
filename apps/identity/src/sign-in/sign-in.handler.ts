import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Caller } from '../caller.js';
import type { SignedIn } from '../views/signed-in-view.js';
import { Credentials } from './credentials.js';
import { Entrance, type Entering } from './entrance.js';
import { SignInChallenges } from './sign-in-challenges.js';
import { SignIn, type SignInProof } from './sign-in.command.js';

@CommandHandler(SignIn)
export class SignInHandler implements ICommandHandler<SignIn> {
  constructor(
    private readonly credentials: Credentials,
    private readonly challenges: SignInChallenges,
    private readonly entrance: Entrance,
  ) {}

  async execute({ proof, mfaCode, caller }: SignIn): Promise<SignedIn> {
    return this.entrance.enter({ ...(await this.firstStep(proof, caller)), mfaCode }, caller);
  }

  private async firstStep(proof: SignInProof, caller: Caller): Promise<Omit<Entering, 'mfaCode'>> {
    if ('mfaToken' in proof) {
      const { challenge, user, google } = await this.challenges.open('second_factor', proof.mfaToken, caller);
      return { challenge, user, amr: challenge.amr, google };
    }
    return { user: await this.credentials.prove(proof.email, proof.password, caller), amr: ['pwd'] };
  }
}
