import { Command } from '@nestjs/cqrs';
import type { AccountScope } from '#contracts';

export interface TestedConnection {
  connectionId: string;
  platformId: string;
  testedAt: Date;
}

export class TestConnection extends Command<TestedConnection> {
  constructor(
    readonly scope: AccountScope,
    /** Id or slug. */
    readonly platform: string,
    readonly connectionId: string,
  ) {
    super();
  }
}
