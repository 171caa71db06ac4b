import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { isProblem } from '#contracts';
import type { Caller } from '../caller.js';
import { networkOf } from '../domain/network-of.js';
import { AccessTokens } from '../sessions/access-tokens.js';
import { SessionBook } from '../sessions/session-book.js';
import { NewOwners } from '../sign-up/new-owner.js';
import { Throttle, type GiveBack } from '../throttling/throttle.js';
import type { SignedIn } from '../views/signed-in-view.js';
import { Welcomes } from './welcomes.js';
import { RegisterUser } from './register-user.command.js';

const TOO_MANY = 'Too many registrations from this address, try again later';

@CommandHandler(RegisterUser)
export class RegisterUserHandler implements ICommandHandler<RegisterUser> {
  constructor(
    private readonly owners: NewOwners,
    private readonly sessions: SessionBook,
    private readonly tokens: AccessTokens,
    private readonly throttle: Throttle,
    private readonly welcomes: Welcomes,
  ) {}

  async execute({ form, caller }: RegisterUser): Promise<SignedIn> {
    const giveBack = await this.admit(caller);
    try {
      await this.tokens.prepare();
      const { user, account, role, extra } = await this.owners.create(form, async (created) => {
        await this.welcomes.send(created);
        return this.sessions.open(created._id, created.current_account_id, caller);
      });
      const access = await this.tokens.forSession(user, extra.session, role);
      return { access, refreshToken: extra.refreshToken, user, account };
    } catch (error) {
      // Our own failure is not a registration; an address that is taken is: asking for many would find out who is here.
      if (!isProblem(error) || error.status >= 500) await giveBack();
      throw error;
    }
  }

  private async admit({ ip }: Caller): Promise<GiveBack> {
    const givesBack = [
      await this.throttle.take({ limit: 'registerPerIp', of: ip, text: TOO_MANY }),
      await this.throttle.take({ limit: 'registerPerNetwork', of: networkOf(ip), text: TOO_MANY }),
    ];
    return async () => {
      await Promise.all(givesBack.map((giveBack) => giveBack()));
    };
  }
}
