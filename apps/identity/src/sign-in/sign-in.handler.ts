import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Clock } from '../clock.js';
import { NoticedSignIns } from '../notice-sign-in/noticed-sign-ins.js';
import { Users } from '../persistence/users.repository.js';
import { AccessTokens } from '../sessions/access-tokens.js';
import { Memberships } from '../sessions/memberships.js';
import type { SignedIn } from '../views/signed-in-view.js';
import { Credentials, wrongCredentials } from './credentials.js';
import { SignIn } from './sign-in.command.js';

@CommandHandler(SignIn)
export class SignInHandler implements ICommandHandler<SignIn> {
  constructor(
    private readonly credentials: Credentials,
    private readonly users: Users,
    private readonly memberships: Memberships,
    private readonly sessions: NoticedSignIns,
    private readonly tokens: AccessTokens,
    private readonly clock: Clock,
  ) {}

  async execute({ email, password, caller }: SignIn): Promise<SignedIn> {
    const found = await this.credentials.prove(email, password, caller);
    const { account, role } = await this.memberships.forSignIn(found._id, found.current_account_id);
    const user = await this.users.change(found._id, {
      last_login_at: this.clock.now(),
      current_account_id: account.account_id,
    });
    if (user === null) throw wrongCredentials();
    const { session, refreshToken } = await this.sessions.open(user, account.account_id, caller);
    return { access: await this.tokens.forSession(user, session, role), refreshToken, user, account };
  }
}
