import { Command } from '@nestjs/cqrs';
import type { AccountScope, KeyScope } from '#contracts';
import type { ApiKey } from '../persistence/api-key.collection.js';

export interface CreatedApiKey {
  key: ApiKey;
  /** The key itself, which is stored nowhere. */
  raw: string;
}

export class CreateApiKey extends Command<CreatedApiKey> {
  constructor(
    readonly scope: AccountScope,
    readonly userId: string,
    readonly wish: { name: string; permissions: KeyScope[]; expiresAt?: Date | undefined },
  ) {
    super();
  }
}
