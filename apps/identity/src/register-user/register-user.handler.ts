import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AccessTokens } from '../sessions/access-tokens.js';
import { SessionBook } from '../sessions/session-book.js';
import { NewOwners } from '../sign-up/new-owner.js';
import type { SignedIn } from '../views/signed-in-view.js';
import { RegisterUser } from './register-user.command.js';
import { RegistrationThrottle } from './registration-throttle.js';
import { Welcomes } from './welcomes.js';

@CommandHandler(RegisterUser)
export class RegisterUserHandler implements ICommandHandler<RegisterUser> {
  constructor(
    private readonly owners: NewOwners,
    private readonly sessions: SessionBook,
    private readonly tokens: AccessTokens,
    private readonly throttle: RegistrationThrottle,
    private readonly welcomes: Welcomes,
  ) {}

  execute({ form, caller }: RegisterUser): Promise<SignedIn> {
    return this.throttle.count(caller, async () => {
      await this.tokens.prepare();
      const { user, account, role, extra } = await this.owners.create(form, async (created) => {
        await this.welcomes.send(created);
        return this.sessions.open(created._id, created.current_account_id, caller);
      });
      const access = await this.tokens.forSession(user, extra.session, role);
      return { access, refreshToken: extra.refreshToken, user, account };
    });
  }
}
