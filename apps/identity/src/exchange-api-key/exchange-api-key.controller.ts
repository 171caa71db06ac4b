import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { questions, scopeOf } from '#contracts';
import { Answers } from '#messaging';
import { Clock } from '../clock.js';
import { ApiKeys } from '../persistence/api-keys.repository.js';
import { ExchangeApiKey } from './exchange-api-key.command.js';

@Controller()
export class ExchangeApiKeyController {
  constructor(
    private readonly commands: CommandBus,
    private readonly apiKeys: ApiKeys,
    private readonly clock: Clock,
  ) {}

  @Answers(questions.exchangeApiKey)
  async exchange({ key_hash }: { key_hash: string }) {
    const { key, token, expiresAt } = await this.commands.execute(new ExchangeApiKey(key_hash));
    return {
      token,
      expires_at: expiresAt.toISOString(),
      key_id: key._id,
      account_id: key.account_id,
      scopes: key.permissions,
      ...(key.allowed_ips !== undefined && { allowed_ips: key.allowed_ips }),
    };
  }

  @Answers(questions.countApiKeys)
  async count({ account_id }: { account_id: string }) {
    return { count: await this.apiKeys.countUsable(scopeOf(account_id), this.clock.now()) };
  }
}
