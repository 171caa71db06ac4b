import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Problem, scopeOf } from '#contracts';
import { logger } from '#telemetry';
import { Clock } from '../clock.js';
import type { ApiKey } from '../persistence/api-key.collection.js';
import { ApiKeys } from '../persistence/api-keys.repository.js';
import { Users } from '../persistence/users.repository.js';
import { AccessTokens } from '../sessions/access-tokens.js';
import { Memberships } from '../sessions/memberships.js';
import { ExchangeApiKey, type ExchangedApiKey } from './exchange-api-key.command.js';

/** The last use is noted at most this often: a key that is used all the time costs no write each time. */
const USE_NOTED_EVERY_MS = 60_000;

const invalidKey = (): Problem => new Problem(401, 'auth.invalid_api_key', 'Invalid API key');

@CommandHandler(ExchangeApiKey)
export class ExchangeApiKeyHandler implements ICommandHandler<ExchangeApiKey> {
  constructor(
    private readonly apiKeys: ApiKeys,
    private readonly users: Users,
    private readonly memberships: Memberships,
    private readonly tokens: AccessTokens,
    private readonly clock: Clock,
  ) {}

  /** A key acts for its maker: with the role that person has in the account at this moment, and not without one. */
  async execute({ keyHash }: ExchangeApiKey): Promise<ExchangedApiKey> {
    const key = await this.apiKeys.findUsable(keyHash, this.clock.now());
    if (key === null) throw invalidKey();
    const [creator, membership] = await Promise.all([
      this.users.find(key.created_by),
      this.memberships.forKey(key.created_by, key.account_id),
    ]);
    if (creator === null) throw invalidKey();
    this.noteUse(key);
    return { key, ...(await this.tokens.forApiKey(creator, key, membership.role)) };
  }

  /** Beside the answer: nobody waits for it, and a failure loses nothing but a note. */
  private noteUse(key: ApiKey): void {
    const now = this.clock.now();
    const since = new Date(now.getTime() - USE_NOTED_EVERY_MS);
    if (key.last_used_at !== undefined && key.last_used_at >= since) return;
    this.apiKeys.noteUse(scopeOf(key.account_id), key._id, now, since).catch((error: unknown) => {
      logger.warn({ err: error, key_id: key._id }, 'the use of an API key could not be noted');
    });
  }
}
