import { Command } from '@nestjs/cqrs';
import type { ApiKey } from '../persistence/api-key.collection.js';

export interface ExchangedApiKey {
  key: ApiKey;
  token: string;
  expiresAt: Date;
}

/** Gives a short token for an API key and notes that it was used. */
export class ExchangeApiKey extends Command<ExchangedApiKey> {
  constructor(
    /** SHA-256 of the raw key, hex. */
    readonly keyHash: string,
  ) {
    super();
  }
}
