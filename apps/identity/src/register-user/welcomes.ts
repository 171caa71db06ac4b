import { Injectable } from '@nestjs/common';
import { Mailer } from '#mailer';
import { UnitOfWork } from '#persistence';
import { VerificationMails } from '../one-time-secrets/verification-mails.js';
import type { User } from '../persistence/user.collection.js';

/** The mails for somebody new. */
@Injectable()
export class Welcomes {
  constructor(
    private readonly mailer: Mailer,
    private readonly verification: VerificationMails,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Joins the transaction that stores the user. */
  send(user: User): Promise<void> {
    return this.unitOfWork.run(async (session) => {
      await this.mailer.request(session, {
        template: 'welcome',
        to: { address: user.email, name: user.name },
        userId: user._id,
        accountId: user.current_account_id,
        variables: { name: user.name, ...(user.company !== undefined && { account_name: user.company }) },
      });
      if (user.email_verified_at === undefined) await this.verification.send(user);
    });
  }
}
