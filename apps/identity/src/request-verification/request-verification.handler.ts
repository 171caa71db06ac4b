import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '#persistence';
import { nobodyAt, type SecretWay } from '../domain/one-time-secret.js';
import { answerEvenly } from '../one-time-secrets/even-answer.js';
import { OneTimeSecrets } from '../one-time-secrets/one-time-secrets.js';
import { VerificationMails } from '../one-time-secrets/verification-mails.js';
import { Users } from '../persistence/users.repository.js';
import { MailThrottle } from '../throttling/mail-throttle.js';
import { RequestVerification } from './request-verification.command.js';

const purpose = 'verify_email';

@CommandHandler(RequestVerification)
export class RequestVerificationHandler implements ICommandHandler<RequestVerification> {
  constructor(
    private readonly users: Users,
    private readonly secrets: OneTimeSecrets,
    private readonly mails: VerificationMails,
    private readonly throttle: MailThrottle,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async execute({ email, way }: RequestVerification): Promise<void> {
    await this.throttle.admit(purpose, email, way === 'code' ? 'codeMailInterval' : 'mailInterval');
    await answerEvenly(() => this.issue(email, way));
  }

  private async issue(email: string, way: SecretWay): Promise<void> {
    const user = await this.users.findByEmail(email);
    if (user?.status === 'active' && user.email_verified_at === undefined) {
      await this.mails.send(user, way === 'code' ? 'onboarding_email_otp' : 'email_verification');
      return;
    }
    const nobody = { purpose, userId: nobodyAt(email), email } as const;
    await this.unitOfWork.run(async () => {
      await (way === 'code' ? this.secrets.issueCode(nobody) : this.secrets.issueToken(nobody));
    });
  }
}
