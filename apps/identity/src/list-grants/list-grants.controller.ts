import { Controller, Get, Inject, Query } from '@nestjs/common';
import { z } from 'zod';
import { Authenticated, Ctx, type RequestContext } from '#auth';
import { KEY_SCOPES, PageInfo } from '#contracts';
import { defineList, listQuery, Lists, splitListQuery } from '#persistence';
import { Api, Envelope } from '#service-defaults';
import { Clock } from '../clock.js';
import type { AppGrant } from '../persistence/app-grant.collection.js';
import { AppGrants } from '../persistence/app-grants.repository.js';
import { sessionActor } from '../session-actor.js';
import { IDENTITY_SETTINGS, type IdentitySettings } from '../settings.js';

const GrantView = z
  .object({
    grant_id: z.string(),
    client_id: z.string(),
    /** Name of the app. */
    name: z.string(),
    account_id: z.string(),
    scopes: z.array(z.enum(KEY_SCOPES)),
    created_at: z.iso.datetime(),
    /** When the app last asked for a token. */
    last_used_at: z.iso.datetime(),
  })
  .meta({ id: 'Grant' });

const GRANTS = defineList<z.infer<typeof GrantView>>({
  name: 'grants',
  key: 'grant_id',
  orders: { created_at: ['created_at'], last_used_at: ['last_used_at'] },
  defaultOrder: '-created_at',
  size: 'all',
  total: 'always',
});
const GrantListQuery = listQuery(GRANTS);
type GrantListQuery = z.infer<typeof GrantListQuery>;

@Controller('auth')
export class ListGrantsController {
  constructor(
    private readonly grants: AppGrants,
    private readonly clock: Clock,
    private readonly lists: Lists,
    @Inject(IDENTITY_SETTINGS) private readonly settings: IdentitySettings,
  ) {}

  @Get('grants')
  @Authenticated()
  @Envelope('Linked apps retrieved')
  @Api({
    summary: 'Which apps the user linked, and what they may do',
    answer: z.object({ grants: z.array(GrantView), total_count: z.number().int(), page_info: PageInfo }),
    invalidStatus: 422,
  })
  async list(@Ctx() ctx: RequestContext, @Query({ schema: GrantListQuery }) query: GrantListQuery) {
    const { userId } = sessionActor(ctx);
    const living = await this.grants.living(userId, this.clock.now());
    const { items, page_info } = this.lists.pageOf(GRANTS, {
      scope: ctx.scope,
      filter: userId,
      request: splitListQuery(query).request,
      items: living.map((grant) => this.view(grant)),
    });
    return { grants: items, total_count: living.length, page_info };
  }

  private view({ _id, client_id, account_id, scopes, created_at, last_used_at }: AppGrant): z.infer<typeof GrantView> {
    const client = this.settings.appClients.find((each) => each.client_id === client_id);
    return {
      grant_id: _id,
      client_id,
      name: client?.name ?? client_id,
      account_id,
      scopes,
      created_at: created_at.toISOString(),
      last_used_at: last_used_at.toISOString(),
    };
  }
}
