import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import { Mailer } from '#mailer';
import { UnitOfWork } from '#persistence';
import { Clock } from '../clock.js';
import { lifeMinutes, SECRET_LIFE_MS, type SecretWay } from '../domain/one-time-secret.js';
import type { User } from '../persistence/user.collection.js';
import { OneTimeSecrets } from './one-time-secrets.js';

/** Which mail asks: for a first address, for one that replaces another, or one with a code to type. */
export type VerificationMail = 'email_verification' | 'email_change_requested' | 'onboarding_email_otp';

const purpose = 'verify_email';

/** Asks people to show that they read mail at their address. */
@Injectable()
export class VerificationMails {
  constructor(
    private readonly secrets: OneTimeSecrets,
    private readonly mailer: Mailer,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Joins the transaction of the caller, if there is one. */
  send(user: User, mail: VerificationMail = 'email_verification'): Promise<void> {
    const owner = { purpose, userId: user._id, email: user.email } as const;
    return this.unitOfWork.run(async (session) => {
      if (mail === 'onboarding_email_otp') await this.code(session, user, await this.secrets.issueCode(owner));
      else await this.link(session, user, mail, await this.secrets.issueToken(owner));
    });
  }

  private async code(session: ClientSession, user: User, code: string): Promise<void> {
    await this.mailer.request(session, {
      template: 'onboarding_email_otp',
      ...this.to(user, 'code'),
      variables: { code, expires_in_minutes: lifeMinutes(purpose, 'code') },
    });
  }

  private async link(
    session: ClientSession,
    user: User,
    template: Exclude<VerificationMail, 'onboarding_email_otp'>,
    token: string,
  ): Promise<void> {
    await this.mailer.request(session, {
      template,
      ...this.to(user, 'token'),
      variables: { name: user.name, token, expires_in_minutes: lifeMinutes(purpose, 'token') },
    });
  }

  private to(user: User, way: SecretWay) {
    return {
      to: { address: user.email, name: user.name },
      userId: user._id,
      accountId: user.current_account_id,
      usefulUntil: new Date(this.clock.now().getTime() + SECRET_LIFE_MS[purpose][way]),
    };
  }
}
