import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Problem } from '#contracts';
import type { Caller } from '../caller.js';
import { CHALLENGE_LIFE_MS } from '../domain/challenge-token.js';
import type { GooglePerson } from '../domain/google-person.js';
import { BegunGoogleSignIns } from '../google/begun-google-sign-ins.js';
import { GoogleLinks } from '../google/google-links.js';
import type { User } from '../persistence/user.collection.js';
import { Users } from '../persistence/users.repository.js';
import { IDENTITY_SETTINGS, type IdentitySettings } from '../settings.js';
import { emailNotVerified } from '../sign-in/credentials.js';
import { Entrance } from '../sign-in/entrance.js';
import { SignInChallenges } from '../sign-in/sign-in-challenges.js';
import type { SignedIn } from '../views/signed-in-view.js';
import { GoogleNewcomers } from './google-newcomers.js';
import { SignInWithGoogle, type SignedInWithGoogle } from './sign-in-with-google.command.js';

const amr = ['google'] as const;

@CommandHandler(SignInWithGoogle)
export class SignInWithGoogleHandler implements ICommandHandler<SignInWithGoogle> {
  constructor(
    private readonly begun: BegunGoogleSignIns,
    private readonly links: GoogleLinks,
    private readonly users: Users,
    private readonly newcomers: GoogleNewcomers,
    private readonly challenges: SignInChallenges,
    private readonly entrance: Entrance,
    @Inject(IDENTITY_SETTINGS) private readonly settings: IdentitySettings,
  ) {}

  async execute({ state, back, caller }: SignInWithGoogle): Promise<SignedInWithGoogle> {
    const { person, redirect } = await this.begun.finish(state, back, caller);
    const linked = await this.links.userOf(person);
    const user = linked ?? (await this.users.findByEmail(person.email));
    if (user === null || user.status === 'invited') {
      return { signedIn: await this.newcomers.register(person, caller), created: true, redirect };
    }
    const signedIn = await (linked === null
      ? this.enterAsOwnerOf(user, person, caller)
      : this.enterAs(linked, person, caller));
    return { signedIn, created: false, redirect };
  }

  private enterAs(user: User, person: GooglePerson, caller: Caller): Promise<SignedIn> {
    const verified = user.email_verified_at !== undefined || user.email === person.email;
    if (this.settings.requireVerifiedEmail && !verified) throw emailNotVerified();
    return this.entrance.enter({ user, amr, mfaCode: undefined }, caller);
  }

  /**
   * Google vouches that the person reads this address. Whether the user does, too, is known only where a mail was
   * read; somebody else may have registered with the address of a stranger and would now share the account.
   */
  private async enterAsOwnerOf(user: User, google: GooglePerson, caller: Caller): Promise<SignedIn> {
    if (user.email_verified_at !== undefined) {
      return this.entrance.enter({ user, amr, google, mfaCode: undefined }, caller);
    }
    throw linkRequired(await this.challenges.issue('google_link', { user, amr, google }));
  }
}

const linkRequired = (token: string): Problem => {
  const text = 'There is a user with this address already: confirm with its password, or reset the password first';
  return new Problem(409, 'auth.google_link_required', text, {
    extensions: { link_token: token, link_token_expires_in: CHALLENGE_LIFE_MS.google_link / 1000 },
  });
};
