import { Controller, Get, Param, Query } from '@nestjs/common';
import { z } from 'zod';
import { Authenticated, Ctx, type RequestContext } from '#auth';
import { PageInfo } from '#contracts';
import { defineList, listFields, Lists, splitListQuery } from '#persistence';
import { Api, Envelope } from '#service-defaults';
import { Connections } from '../persistence/connections.repository.js';
import { platformIdOf, PlatformRegistry } from '../platforms/platform-registry.js';
import { PlatformView, platformView } from '../views/platform-view.js';

interface ListedPlatform extends z.input<typeof PlatformView> {
  /** In the catalogue. */
  place: number;
}

const PLATFORMS = defineList<ListedPlatform>({
  name: 'platforms',
  key: 'platform_id',
  orders: { catalogue: ['place'], name: ['name'], category: ['category', 'name'] },
  defaultOrder: 'catalogue',
  size: 'all',
  total: 'always',
  oversize: 'cut',
});
const PlatformFilter = z.object({
  category: z.string().optional(),
  status: z.string().optional(),
  ...listFields(PLATFORMS),
});
const PlatformList = z.object({ platforms: z.array(PlatformView), total: z.number().int(), page_info: PageInfo });
/** The pages read the fields at the top level, older clients under `platform`. */
const PlatformDetail = PlatformView.extend({ platform: PlatformView });

@Controller('platforms')
export class ListPlatformsController {
  constructor(
    private readonly registry: PlatformRegistry,
    private readonly connections: Connections,
    private readonly lists: Lists,
  ) {}

  @Get()
  @Authenticated()
  @Envelope('Platforms retrieved')
  @Api({ summary: 'List the platforms that can be connected', answer: PlatformList })
  async list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: PlatformFilter }) query: z.infer<typeof PlatformFilter>,
  ): Promise<z.input<typeof PlatformList>> {
    const { request, filter } = splitListQuery(query);
    const connected = new Set((await this.connections.ofAccount(ctx.scope)).map((row) => row.platform_id));
    const chosen = this.registry
      .all()
      .filter(({ record }) => matches(filter.category, record.category) && matches(filter.status, record.status));
    const platforms = chosen.map((manifest, place) => ({
      ...platformView(manifest, connected.has(platformIdOf(manifest))),
      place,
    }));
    const { items, page_info } = this.lists.pageOf(PLATFORMS, { scope: ctx.scope, filter, request, items: platforms });
    return { platforms: items, total: platforms.length, page_info };
  }

  @Get(':platform_id')
  @Authenticated()
  @Envelope('Platform retrieved')
  @Api({ summary: 'Read one platform', answer: PlatformDetail, errors: ['platforms.not_found'] })
  async read(
    @Ctx() ctx: RequestContext,
    @Param('platform_id', { schema: z.string() }) platform: string,
  ): Promise<z.input<typeof PlatformDetail>> {
    const manifest = this.registry.get(platform);
    const count = await this.connections.count(ctx.scope, { platform_id: platformIdOf(manifest) });
    const view = platformView(manifest, count > 0);
    return { ...view, platform: view };
  }
}

/** An absent or empty filter lets everything through: forms send empty texts. */
const matches = (wanted: string | undefined, value: string): boolean =>
  wanted === undefined || wanted === '' || wanted === value;
