import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { ClientSession } from 'mongoose';
import { Mailer } from '#mailer';
import { UnitOfWork } from '#persistence';
import { Clock } from '../clock.js';
import { lifeMinutes, nobodyAt, SECRET_LIFE_MS } from '../domain/one-time-secret.js';
import { answerEvenly } from '../one-time-secrets/even-answer.js';
import { OneTimeSecrets } from '../one-time-secrets/one-time-secrets.js';
import type { User } from '../persistence/user.collection.js';
import { Users } from '../persistence/users.repository.js';
import { MailThrottle } from '../throttling/mail-throttle.js';
import { ForgotPassword } from './forgot-password.command.js';

const purpose = 'reset_password';

@CommandHandler(ForgotPassword)
export class ForgotPasswordHandler implements ICommandHandler<ForgotPassword> {
  constructor(
    private readonly users: Users,
    private readonly secrets: OneTimeSecrets,
    private readonly throttle: MailThrottle,
    private readonly mailer: Mailer,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async execute({ email }: ForgotPassword): Promise<void> {
    await this.throttle.admit(purpose, email);
    await answerEvenly(() => this.issue(email));
  }

  /** For an address without a user the same secrets are made, which nobody gets to see. */
  private async issue(email: string): Promise<void> {
    const user = await this.users.findByEmail(email);
    const owner = { purpose, userId: user?._id ?? nobodyAt(email), email } as const;
    await this.unitOfWork.run(async (session) => {
      const code = await this.secrets.issueCode(owner);
      const token = await this.secrets.issueToken(owner);
      if (user?.status === 'active') await this.send(session, user, { code, token });
    });
  }

  private async send(session: ClientSession, user: User, secrets: { code: string; token: string }): Promise<void> {
    await this.mailer.request(session, {
      template: 'password_reset',
      to: { address: user.email, name: user.name },
      userId: user._id,
      accountId: user.current_account_id,
      variables: {
        name: user.name,
        ...secrets,
        code_expires_in_minutes: lifeMinutes(purpose, 'code'),
        token_expires_in_minutes: lifeMinutes(purpose, 'token'),
      },
      usefulUntil: new Date(this.clock.now().getTime() + SECRET_LIFE_MS[purpose].token),
    });
  }
}
