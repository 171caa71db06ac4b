import { Inject, Injectable } from '@nestjs/common';
import { events, Problem } from '#contracts';
import { Mailer } from '#mailer';
import { Outbox, UnitOfWork } from '#persistence';
import type { Caller } from '../caller.js';
import { FormerPasswords } from '../passwords/former-passwords.js';
import { Passwords } from '../passwords/passwords.js';
import type { User } from '../persistence/user.collection.js';
import { Users } from '../persistence/users.repository.js';
import { IDENTITY_SETTINGS, type IdentitySettings } from '../settings.js';
import { SignInGuard, type SignInAttempt } from '../throttling/sign-in-guard.js';

/** Finds out whose address and password somebody has, wherever they are asked for. */
@Injectable()
export class Credentials {
  constructor(
    private readonly users: Users,
    private readonly passwords: Passwords,
    private readonly former: FormerPasswords,
    private readonly guard: SignInGuard,
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly mailer: Mailer,
    @Inject(IDENTITY_SETTINGS) private readonly settings: IdentitySettings,
  ) {}

  /** @throws Problem 401 for an unknown address or a wrong password, 429 after too many of them */
  async prove(email: string, password: string, caller: Caller): Promise<User> {
    const attempt = await this.guard.admit(email, caller);
    const { found, right } = await this.look(email, password).catch(async (error: unknown) => {
      await attempt.undecided();
      throw error;
    });
    if (found === null || !right) return this.refuse(attempt, found, caller);
    await attempt.succeeded();
    if (this.settings.requireVerifiedEmail && found.email_verified_at === undefined) throw emailNotVerified();
    await this.strengthen(found, password);
    return found;
  }

  private async look(email: string, password: string): Promise<{ found: User | null; right: boolean }> {
    const [found, formerCost] = await Promise.all([this.users.findByEmail(email), this.former.cost()]);
    return { found, right: await this.passwords.matches(found?.password_hash, password, formerCost) };
  }

  /** A hash of former times gives way to one of today, unless the password was changed meanwhile. */
  private async strengthen({ _id, password_hash: stored }: User, password: string): Promise<void> {
    if (!this.passwords.isOutdated(stored)) return;
    await this.users.replaceHash(_id, stored, await this.passwords.hash(password));
  }

  /** The same answer for an unknown address and for a wrong password. */
  private async refuse(attempt: SignInAttempt, user: User | null, caller: Caller): Promise<never> {
    const lockedUntil = await attempt.failed();
    if (lockedUntil !== undefined && user !== null) await this.tellOwner(user, lockedUntil, caller);
    throw wrongCredentials();
  }

  private async tellOwner(user: User, until: Date, { ip }: Caller): Promise<void> {
    await this.unitOfWork.run(async (session) => {
      await this.outbox.add(session, events.userSignInLocked, {
        subject: user._id,
        data: { user_id: user._id, until: until.toISOString() },
      });
      await this.mailer.request(session, {
        template: 'sign_in_locked',
        to: { address: user.email, name: user.name },
        userId: user._id,
        accountId: user.current_account_id,
        variables: { name: user.name, until, ip },
        usefulUntil: until,
      });
    });
  }
}

export const wrongCredentials = (): Problem =>
  new Problem(401, 'auth.invalid_credentials', 'Invalid email or password');
export const emailNotVerified = (): Problem => new Problem(401, 'auth.email_not_verified', 'Email not verified');
