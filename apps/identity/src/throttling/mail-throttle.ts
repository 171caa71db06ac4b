import { Injectable } from '@nestjs/common';
import type { SecretPurpose } from '../domain/one-time-secret.js';
import { Throttle } from './throttle.js';

const TEXT = 'Too many mails to this address, try again later';

/** Keeps mailboxes from being flooded: whether or not somebody has the address. */
@Injectable()
export class MailThrottle {
  constructor(private readonly throttle: Throttle) {}

  /** @throws Problem 429 when such a mail went to the address just now, or too many in this hour */
  async admit(
    purpose: SecretPurpose,
    email: string,
    interval: 'mailInterval' | 'codeMailInterval' = 'mailInterval',
  ): Promise<void> {
    const of = `${purpose} ${email}`;
    await this.throttle.take({ limit: interval, of, text: TEXT });
    await this.throttle.take({ limit: 'mailPerEmail', of, text: TEXT });
  }
}
