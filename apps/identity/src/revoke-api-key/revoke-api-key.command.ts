import { Command } from '@nestjs/cqrs';
import type { AuditedCaller } from '#audit';
import type { AccountScope } from '#contracts';

export class RevokeApiKey extends Command<void> {
  constructor(
    readonly scope: AccountScope,
    readonly keyId: string,
    readonly caller: AuditedCaller,
  ) {
    super();
  }
}
