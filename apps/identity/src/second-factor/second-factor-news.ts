import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import { events, type SecondFactorChange } from '#contracts';
import { Mailer } from '#mailer';
import { Outbox } from '#persistence';
import type { Caller } from '../caller.js';
import { Clock } from '../clock.js';
import { deviceLabel } from '../domain/device-label.js';
import type { User } from '../persistence/user.collection.js';

export interface SecondFactorNewsItem {
  user: User;
  change: SecondFactorChange;
  recoveryCodesLeft?: number;
  /** Undefined where an operator did it. */
  caller?: Caller;
}

/** Tells the audit log and the user what became of the second factor. */
@Injectable()
export class SecondFactorNews {
  constructor(
    private readonly outbox: Outbox,
    private readonly mailer: Mailer,
    private readonly clock: Clock,
  ) {}

  /** @param session the transaction of the change */
  async tell(session: ClientSession, { user, change, recoveryCodesLeft, caller }: SecondFactorNewsItem): Promise<void> {
    const left = recoveryCodesLeft !== undefined && { recovery_codes_left: recoveryCodesLeft };
    await this.outbox.add(session, events.userSecondFactorChanged, {
      subject: user._id,
      data: { user_id: user._id, change, ...left },
    });
    await this.mailer.request(session, {
      template: 'mfa_changed',
      to: { address: user.email, name: user.name },
      userId: user._id,
      accountId: user.current_account_id,
      variables: {
        name: user.name,
        change,
        ...left,
        at: this.clock.now(),
        ...(caller !== undefined && { device: deviceLabel(caller.userAgent), ip: caller.ip }),
      },
    });
  }
}
