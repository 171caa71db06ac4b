import { Command } from '@nestjs/cqrs';
import type { AccountScope } from '#contracts';
import type { AccountRecord } from '../persistence/account.collection.js';

/** A further account of somebody who has one already. */
export class OpenAccount extends Command<AccountRecord> {
  constructor(
    readonly ownerId: string,
    readonly wish: { name: string; company?: string | undefined },
    /** The account to make it below; without it the new one is a root. */
    readonly parent?: AccountScope,
  ) {
    super();
  }
}
