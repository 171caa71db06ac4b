import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { ClientSession } from 'mongoose';
import { events, Problem } from '#contracts';
import { isDuplicateKey, Outbox, UnitOfWork } from '#persistence';
import type { Caller } from '../caller.js';
import { Clock } from '../clock.js';
import { alreadyLinked, GoogleLinks } from '../google/google-links.js';
import { NO_PASSWORD, Passwords } from '../passwords/passwords.js';
import type { User } from '../persistence/user.collection.js';
import { Users } from '../persistence/users.repository.js';
import { AccessTokens } from '../sessions/access-tokens.js';
import { SessionBook } from '../sessions/session-book.js';
import { challengeOver, SignInChallenges } from '../sign-in/sign-in-challenges.js';
import { ActivateInvitedUser, type ActivatedUser } from './activate-invited-user.command.js';

/** How the user will sign in, and what else belongs into the transaction that makes that true. */
interface Way {
  passwordHash: string;
  amr: readonly string[];
  alongside: (transaction: ClientSession, user: User) => Promise<void>;
}

@CommandHandler(ActivateInvitedUser)
export class ActivateInvitedUserHandler implements ICommandHandler<ActivateInvitedUser> {
  constructor(
    private readonly users: Users,
    private readonly passwords: Passwords,
    private readonly challenges: SignInChallenges,
    private readonly googleLinks: GoogleLinks,
    private readonly sessions: SessionBook,
    private readonly tokens: AccessTokens,
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Only one of several at the same time can: the user is invited no more afterwards. */
  async execute({ wish }: ActivateInvitedUser): Promise<ActivatedUser> {
    await this.tokens.prepare();
    const caller = { ip: wish.ip, userAgent: wish.user_agent };
    const { passwordHash, amr, alongside } = await this.wayOf(wish, caller);
    const activation = this.unitOfWork.run(async (transaction) => {
      const activated = await this.users.activate(wish.user_id, {
        name: wish.name,
        password_hash: passwordHash,
        current_account_id: wish.account_id,
        // The link was in a mail and nowhere else.
        email_verified_at: this.clock.now(),
      });
      if (activated === null) throw new Problem(409, 'identity.user_active', 'This user can sign in already');
      await alongside(transaction, activated);
      await this.outbox.add(transaction, events.userRegistered, {
        subject: activated._id,
        accountId: wish.account_id,
        data: { user_id: activated._id, account_id: wish.account_id, email: activated.email, name: activated.name },
      });
      return { user: activated, opened: await this.sessions.open(activated._id, wish.account_id, { ...caller, amr }) };
    });
    const { user, opened } = await activation.catch((error: unknown) => {
      throw isDuplicateKey(error) ? alreadyLinked() : error;
    });
    const access = await this.tokens.forSession(user, opened.session, wish.role);
    return { access, refreshToken: opened.refreshToken, user };
  }

  private async wayOf(
    { user_id, google_proof, password = '' }: ActivateInvitedUser['wish'],
    caller: Caller,
  ): Promise<Way> {
    if (google_proof === undefined) {
      return { passwordHash: await this.passwords.hash(password), amr: ['pwd'], alongside: () => Promise.resolve() };
    }
    const { challenge, google } = await this.challenges.open('google_entry', google_proof, caller);
    if (challenge.user_id !== user_id || google === undefined) throw challengeOver();
    return {
      passwordHash: NO_PASSWORD,
      amr: challenge.amr,
      alongside: async (transaction, user) => {
        await this.challenges.complete(challenge);
        await this.googleLinks.storeNew(transaction, user, google);
      },
    };
  }
}
