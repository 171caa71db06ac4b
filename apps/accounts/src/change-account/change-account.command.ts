import { Command } from '@nestjs/cqrs';
import type { AccountScope } from '#contracts';
import type { AccountRecord } from '../persistence/account.collection.js';

export class ChangeAccount extends Command<AccountRecord> {
  constructor(
    readonly scope: AccountScope,
    readonly change: { name?: string | undefined; company?: string | undefined },
    /** From `If-Match`: the version that the client saw. */
    readonly version?: number | undefined,
  ) {
    super();
  }
}
