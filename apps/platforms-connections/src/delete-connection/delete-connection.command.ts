import { Command } from '@nestjs/cqrs';
import type { AccountScope } from '#contracts';

export class DeleteConnection extends Command<{ connectionId: string; deletedAt: Date }> {
  constructor(
    readonly scope: AccountScope,
    /** Id or slug. */
    readonly platform: string,
    readonly connectionId: string,
  ) {
    super();
  }
}
