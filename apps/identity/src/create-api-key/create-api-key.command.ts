import { Command } from '@nestjs/cqrs';
import type { AuditedCaller } from '#audit';
import type { AccountScope, KeyScope } from '#contracts';
import type { ApiKey } from '../persistence/api-key.collection.js';

export interface CreatedApiKey {
  key: ApiKey;
  /** The key itself, which is stored nowhere. */
  raw: string;
}

export interface ApiKeyWish {
  name: string;
  permissions: KeyScope[];
  expiresAt?: Date | undefined;
  test: boolean;
  allowedIps?: string[] | undefined;
  helperIds?: string[] | undefined;
}

export class CreateApiKey extends Command<CreatedApiKey> {
  constructor(
    readonly scope: AccountScope,
    readonly userId: string,
    readonly caller: AuditedCaller,
    readonly wish: ApiKeyWish,
  ) {
    super();
  }
}
