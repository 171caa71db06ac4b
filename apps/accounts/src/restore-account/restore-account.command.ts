import { Command } from '@nestjs/cqrs';
import type { AuditedFact } from '#audit';
import type { AccountScope } from '#contracts';
import type { AccountRecord } from '../persistence/account.collection.js';

export class RestoreAccount extends Command<AccountRecord> {
  constructor(
    readonly scope: AccountScope,
    readonly userId: string,
    readonly caller: Pick<AuditedFact, 'by' | 'ip'>,
  ) {
    super();
  }
}
