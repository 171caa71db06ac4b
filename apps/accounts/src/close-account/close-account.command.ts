import { Command } from '@nestjs/cqrs';
import type { AuditedFact } from '#audit';
import type { AccountScope } from '#contracts';

export class CloseAccount extends Command<{ eraseAt: Date }> {
  constructor(
    readonly scope: AccountScope,
    readonly userId: string,
    readonly proof: { password: string; confirm: string },
    readonly caller: Pick<AuditedFact, 'by' | 'ip'>,
  ) {
    super();
  }
}
