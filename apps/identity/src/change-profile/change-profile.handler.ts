import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Mailer } from '#mailer';
import { isDuplicateKey, UnitOfWork } from '#persistence';
import { Clock } from '../clock.js';
import { deviceLabel } from '../domain/device-label.js';
import { OneTimeSecrets } from '../one-time-secrets/one-time-secrets.js';
import { VerificationMails } from '../one-time-secrets/verification-mails.js';
import type { User } from '../persistence/user.collection.js';
import { Users } from '../persistence/users.repository.js';
import { userNotFound } from '../session-actor.js';
import { emailTaken } from '../sign-up/new-owner.js';
import { ChangeProfile } from './change-profile.command.js';

@CommandHandler(ChangeProfile)
export class ChangeProfileHandler implements ICommandHandler<ChangeProfile> {
  constructor(
    private readonly users: Users,
    private readonly secrets: OneTimeSecrets,
    private readonly verification: VerificationMails,
    private readonly mailer: Mailer,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async execute(command: ChangeProfile): Promise<User> {
    const { userId, profile } = command;
    const before = await this.users.find(userId);
    if (before === null) throw userNotFound();
    const moved = profile.email !== undefined && profile.email !== before.email;
    try {
      return moved ? await this.move(command, profile.email ?? before.email) : await this.rename(command, before);
    } catch (error) {
      throw isDuplicateKey(error) ? emailTaken() : error;
    }
  }

  private async rename({ userId, profile: { name } }: ChangeProfile, before: User): Promise<User> {
    const changed = name === undefined ? before : await this.users.change(userId, { name });
    if (changed === null) throw userNotFound();
    return changed;
  }

  /**
   * Another address makes the tokens of all other sessions void (they sign in again or refresh) and has to be
   * confirmed; what was mailed to the former one opens nothing any more, and its reader is told.
   */
  private move({ userId, sessionId, profile: { name }, caller }: ChangeProfile, email: string): Promise<User> {
    const fields = { email, ...(name !== undefined && { name }) };
    return this.unitOfWork.run(async (session) => {
      const now = this.clock.now();
      const former = await this.users.find(userId);
      const changed = await this.users.raiseAuthVersion(userId, now, { except: sessionId, fields });
      if (former === null || changed === null) throw userNotFound();
      await this.users.unverify(userId);
      await this.secrets.drop(userId);
      await this.verification.send(changed, 'email_change_requested');
      await this.mailer.request(session, {
        template: 'email_changed',
        to: { address: former.email, name: former.name },
        userId,
        accountId: former.current_account_id,
        variables: {
          name: former.name,
          new_email: email,
          at: now,
          device: deviceLabel(caller.userAgent),
          ip: caller.ip,
        },
      });
      return changed;
    });
  }
}
