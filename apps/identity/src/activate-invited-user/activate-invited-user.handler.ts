import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { events, Problem } from '#contracts';
import { Outbox, UnitOfWork } from '#persistence';
import { Clock } from '../clock.js';
import { Passwords } from '../passwords/passwords.js';
import { Users } from '../persistence/users.repository.js';
import { AccessTokens } from '../sessions/access-tokens.js';
import { SessionBook } from '../sessions/session-book.js';
import { ActivateInvitedUser, type ActivatedUser } from './activate-invited-user.command.js';

@CommandHandler(ActivateInvitedUser)
export class ActivateInvitedUserHandler implements ICommandHandler<ActivateInvitedUser> {
  constructor(
    private readonly users: Users,
    private readonly passwords: Passwords,
    private readonly sessions: SessionBook,
    private readonly tokens: AccessTokens,
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Only one of several at the same time can: the user is invited no more afterwards. */
  async execute({ wish }: ActivateInvitedUser): Promise<ActivatedUser> {
    await this.tokens.prepare();
    const passwordHash = await this.passwords.hash(wish.password);
    const caller = { ip: wish.ip, userAgent: wish.user_agent };
    const { user, opened } = await this.unitOfWork.run(async (transaction) => {
      const activated = await this.users.activate(wish.user_id, {
        name: wish.name,
        password_hash: passwordHash,
        current_account_id: wish.account_id,
        // The link was in a mail and nowhere else.
        email_verified_at: this.clock.now(),
      });
      if (activated === null) throw new Problem(409, 'identity.user_active', 'This user can sign in already');
      await this.outbox.add(transaction, events.userRegistered, {
        subject: activated._id,
        accountId: wish.account_id,
        data: { user_id: activated._id, account_id: wish.account_id, email: activated.email, name: activated.name },
      });
      return { user: activated, opened: await this.sessions.open(activated._id, wish.account_id, caller) };
    });
    const access = await this.tokens.forSession(user, opened.session, wish.role);
    return { access, refreshToken: opened.refreshToken, user };
  }
}
