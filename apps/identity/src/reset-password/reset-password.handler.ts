import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { events, Problem } from '#contracts';
import { Mailer } from '#mailer';
import { Outbox, UnitOfWork } from '#persistence';
import type { Caller } from '../caller.js';
import { Clock } from '../clock.js';
import { deviceLabel } from '../domain/device-label.js';
import { GoogleLinks } from '../google/google-links.js';
import { invalidCode, ShownSecrets } from '../one-time-secrets/shown-secrets.js';
import { OneTimeSecrets } from '../one-time-secrets/one-time-secrets.js';
import { Passwords } from '../passwords/passwords.js';
import type { OneTimeSecret } from '../persistence/one-time-secret.collection.js';
import { Users } from '../persistence/users.repository.js';
import { EndedSessions } from '../sessions/ended-sessions.js';
import { SignInGuard } from '../throttling/sign-in-guard.js';
import { ResetPassword, type ResetProof } from './reset-password.command.js';

const invalidLink = (): Problem =>
  new Problem(400, 'auth.invalid_link', 'This link is no longer valid. Please request a new one.');

@CommandHandler(ResetPassword)
export class ResetPasswordHandler implements ICommandHandler<ResetPassword> {
  constructor(
    private readonly shown: ShownSecrets,
    private readonly secrets: OneTimeSecrets,
    private readonly users: Users,
    private readonly passwords: Passwords,
    private readonly ended: EndedSessions,
    private readonly googleLinks: GoogleLinks,
    private readonly guard: SignInGuard,
    private readonly mailer: Mailer,
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async execute({ proof, password, caller }: ResetPassword): Promise<void> {
    const secret = await this.proven(proof, caller);
    await this.replace(secret, await this.passwords.hash(password), caller);
    // Whoever reads the mailbox is not the one who guessed.
    await this.guard.forgive(secret.email);
  }

  private async proven(proof: ResetProof, caller: Caller): Promise<OneTimeSecret> {
    if ('code' in proof) return this.shown.byCode('reset_password', proof.email, proof.code);
    const secret = await this.shown.byToken('reset_password', proof.token, caller);
    if (secret === undefined) throw invalidLink();
    return secret;
  }

  private replace(secret: OneTimeSecret, passwordHash: string, { ip, userAgent }: Caller): Promise<void> {
    return this.unitOfWork.run(async (session) => {
      const now = this.clock.now();
      const spent = await this.secrets.spend(secret);
      // The mail proved the address it went to; it opens nothing of a user who has another one by now.
      const before = await this.users.find(secret.user_id);
      const proven = spent ? await this.users.verify(secret.user_id, secret.email, now) : null;
      if (proven === null) throw secret.way === 'code' ? invalidCode() : invalidLink();
      const user = await this.users.raiseAuthVersion(proven._id, now, { fields: { password_hash: passwordHash } });
      if (user === null) throw invalidLink();
      // Whoever gave an address that nobody had read until now may have left a way in for themselves.
      if (before?.email_verified_at === undefined) await this.googleLinks.unlink(session, user, { ip, userAgent });
      await this.ended.endAll(user._id, 'password_changed', { version: user.auth_version });
      await this.outbox.add(session, events.userPasswordChanged, { subject: user._id, data: { user_id: user._id } });
      await this.mailer.request(session, {
        template: 'password_changed',
        to: { address: user.email, name: user.name },
        userId: user._id,
        accountId: user.current_account_id,
        variables: { name: user.name, at: now, device: deviceLabel(userAgent), ip },
      });
    });
  }
}
