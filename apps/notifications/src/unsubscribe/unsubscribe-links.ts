import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import { UnsubscribeLinkStore } from '../persistence/unsubscribe-links.repository.js';
import { NotificationsSettings } from '../settings.js';

/** Mail lies about for long; the law of some places asks for thirty days. */
const LIFE_MS = 365 * 24 * 60 * 60 * 1000;
const TOKEN_BYTES = 32;

const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** Links by which the recipient of a mail, and nobody else, ends mails of its kind. Only hashes of them are kept. */
@Injectable()
export class UnsubscribeLinks {
  constructor(
    private readonly store: UnsubscribeLinkStore,
    private readonly settings: NotificationsSettings,
    private readonly clock: Clock,
  ) {}

  async urlFor(address: string): Promise<string> {
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    await this.store.add(hashOf(token), address, new Date(this.clock.now().getTime() + LIFE_MS));
    return `${this.settings.publicUrl}/emails/unsubscribe?token=${token}`;
  }

  /** @returns undefined when we did not make the token, or very long ago */
  addressOf(token: string): Promise<string | undefined> {
    return this.store.addressOf(hashOf(token));
  }
}
