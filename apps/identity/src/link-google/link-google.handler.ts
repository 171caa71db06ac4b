import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { OwnPassword } from '../confirm-password/own-password.js';
import { Entrance } from '../sign-in/entrance.js';
import { SignInChallenges } from '../sign-in/sign-in-challenges.js';
import type { SignedIn } from '../views/signed-in-view.js';
import { LinkGoogle } from './link-google.command.js';

@CommandHandler(LinkGoogle)
export class LinkGoogleHandler implements ICommandHandler<LinkGoogle> {
  constructor(
    private readonly challenges: SignInChallenges,
    private readonly ownPassword: OwnPassword,
    private readonly entrance: Entrance,
  ) {}

  async execute({ wish: { linkToken, password, mfaCode }, caller }: LinkGoogle): Promise<SignedIn> {
    const { challenge, user, google } = await this.challenges.open('google_link', linkToken, caller);
    await this.ownPassword.confirm(user._id, password);
    return this.entrance.enter({ user, amr: [...challenge.amr, 'pwd'], google, mfaCode, challenge }, caller);
  }
}
