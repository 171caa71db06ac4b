import { Controller, Get, Query } from '@nestjs/common';
import { z } from 'zod';
import { Ctx, RequiresPermission, type RequestContext } from '#auth';
import { Api, Envelope } from '#service-defaults';
import { Clock } from '../clock.js';
import { ApiKeys } from '../persistence/api-keys.repository.js';
import { apiKeyView, ApiKeyView } from '../views/api-key-view.js';

const ListQuery = z.object({ status: z.enum(['active', 'all']).default('active') });

@Controller('api-keys')
export class ListApiKeysController {
  constructor(
    private readonly apiKeys: ApiKeys,
    private readonly clock: Clock,
  ) {}

  @Get()
  @RequiresPermission('can_manage_api_keys')
  @Envelope('API keys retrieved')
  @Api({
    summary: 'API keys of the account',
    description: 'Those that work; with `status=all` also the revoked and expired ones.',
    answer: z.array(ApiKeyView),
  })
  async list(@Ctx() { scope }: RequestContext, @Query({ schema: ListQuery }) query: z.infer<typeof ListQuery>) {
    const now = this.clock.now();
    const keys = await (query.status === 'all' ? this.apiKeys.all(scope) : this.apiKeys.usable(scope, now));
    return keys.map((key) => apiKeyView(key, now));
  }
}
