import { Command } from '@nestjs/cqrs';
import type { AuditedCaller } from '#audit';
import type { AccountScope } from '#contracts';
import type { CreatedApiKey } from '../create-api-key/create-api-key.command.js';

/** Gives a key a successor of the same kind; both work for a while. */
export class RotateApiKey extends Command<CreatedApiKey> {
  constructor(
    readonly scope: AccountScope,
    /** The successor acts for this user, who is shown it. */
    readonly userId: string,
    readonly caller: AuditedCaller,
    readonly keyId: string,
    readonly overlapMs: number,
  ) {
    super();
  }
}
