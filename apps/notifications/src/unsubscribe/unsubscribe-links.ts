import { Injectable } from '@nestjs/common';
import { SealBroken, Sealer } from '#sealing';
import { NotificationsSettings } from '../settings.js';

const PURPOSE = 'unsubscribe';

/** Links by which the recipient of a mail, and nobody else, ends mails of its kind. They need no store and never end. */
@Injectable()
export class UnsubscribeLinks {
  constructor(
    private readonly sealer: Sealer,
    private readonly settings: NotificationsSettings,
  ) {}

  async urlFor(address: string): Promise<string> {
    return `${this.settings.publicUrl}/emails/unsubscribe?token=${await this.sealer.seal(address, PURPOSE)}`;
  }

  /** @returns undefined when we did not make the token */
  async addressOf(token: string): Promise<string | undefined> {
    try {
      return await this.sealer.open(token, PURPOSE);
    } catch (error) {
      if (error instanceof SealBroken) return undefined;
      throw error;
    }
  }
}
