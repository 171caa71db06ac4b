import { Controller, Get, Query } from '@nestjs/common';
import { z } from 'zod';
import { Ctx, RequiresPermission, type RequestContext } from '#auth';
import { defineList, listFields, Lists, splitListQuery } from '#persistence';
import { answerWith, Api, Envelope } from '#service-defaults';
import { Clock } from '../clock.js';
import type { ApiKey } from '../persistence/api-key.collection.js';
import { ApiKeys, usableAt } from '../persistence/api-keys.repository.js';
import { apiKeyView, ApiKeyView } from '../views/api-key-view.js';

const API_KEYS = defineList<ApiKey>({
  name: 'api-keys',
  orders: {
    created_at: ['created_at'],
    name: ['name'],
    last_used_at: ['last_used_at'],
    expires_at: ['expires_at'],
  },
  optional: ['last_used_at', 'expires_at'],
  defaultOrder: 'created_at',
  size: 'all',
  oversize: 'cut',
});
const ListQuery = z.object({ status: z.enum(['active', 'all']).default('active'), ...listFields(API_KEYS) });

@Controller('api-keys')
export class ListApiKeysController {
  constructor(
    private readonly apiKeys: ApiKeys,
    private readonly clock: Clock,
    private readonly lists: Lists,
  ) {}

  @Get()
  @RequiresPermission('can_manage_api_keys')
  @Envelope('API keys retrieved')
  @Api({
    summary: 'API keys of the account',
    description: 'Those that work; with `status=all` also the revoked and expired ones.',
    answer: z.array(ApiKeyView),
    pageInfoBeside: true,
  })
  async list(@Ctx() { scope }: RequestContext, @Query({ schema: ListQuery }) query: z.infer<typeof ListQuery>) {
    const now = this.clock.now();
    const { request, filter } = splitListQuery(query);
    const where = filter.status === 'all' ? {} : usableAt(now);
    const { items, page_info } = await this.lists.page(API_KEYS, { scope, where, filter, request, from: this.apiKeys });
    return answerWith(
      items.map((key) => apiKeyView(key, now)),
      { pageInfo: page_info },
    );
  }
}
