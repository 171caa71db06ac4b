import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { events, Problem } from '#contracts';
import { Mailer } from '#mailer';
import { Outbox, UnitOfWork } from '#persistence';
import { Clock } from '../clock.js';
import { noPassword } from '../confirm-password/own-password.js';
import { deviceLabel } from '../domain/device-label.js';
import { OneTimeSecrets } from '../one-time-secrets/one-time-secrets.js';
import { NO_PASSWORD, Passwords } from '../passwords/passwords.js';
import { Users } from '../persistence/users.repository.js';
import { userNotFound } from '../session-actor.js';
import { EndedSessions } from '../sessions/ended-sessions.js';
import { Throttle } from '../throttling/throttle.js';
import { ChangePassword } from './change-password.command.js';

@CommandHandler(ChangePassword)
export class ChangePasswordHandler implements ICommandHandler<ChangePassword> {
  constructor(
    private readonly users: Users,
    private readonly passwords: Passwords,
    private readonly throttle: Throttle,
    private readonly ended: EndedSessions,
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly secrets: OneTimeSecrets,
    private readonly mailer: Mailer,
    private readonly clock: Clock,
  ) {}

  async execute({ userId, sessionId, passwords: { current, next }, caller }: ChangePassword): Promise<void> {
    await this.confirm(userId, current);
    const passwordHash = await this.passwords.hash(next);
    await this.unitOfWork.run(async (transaction) => {
      const user = await this.users.raiseAuthVersion(userId, this.clock.now(), {
        except: sessionId,
        fields: { password_hash: passwordHash },
      });
      if (user === null) throw userNotFound();
      await this.ended.endAll(userId, 'password_changed', { except: sessionId });
      await this.outbox.add(transaction, events.userPasswordChanged, { subject: userId, data: { user_id: userId } });
      await this.secrets.drop(userId, 'reset_password');
      await this.mailer.request(transaction, {
        template: 'password_changed',
        to: { address: user.email, name: user.name },
        userId,
        accountId: user.current_account_id,
        variables: {
          name: user.name,
          at: this.clock.now(),
          device: deviceLabel(caller.userAgent),
          ip: caller.ip,
        },
      });
    });
  }

  /** A session left open on somebody's desk must not be a place to guess the password. */
  private async confirm(userId: string, password: string): Promise<void> {
    const text = 'Too many attempts, try again later';
    const giveBack = await this.throttle.take({ limit: 'passwordPerUser', of: userId, text });
    const user = await this.users.find(userId);
    if (user === null) throw userNotFound();
    if (user.password_hash === NO_PASSWORD) throw noPassword();
    if (!(await this.passwords.matches(user.password_hash, password))) {
      throw new Problem(401, 'auth.invalid_credentials', 'Current password is incorrect');
    }
    await giveBack();
  }
}
