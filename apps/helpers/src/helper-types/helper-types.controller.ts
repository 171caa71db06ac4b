import { Controller, Get, Param, Query } from '@nestjs/common';
import { z } from 'zod';
import { Authenticated, Ctx, KeyScope, type RequestContext } from '#auth';
import { PageInfo, Problem } from '#contracts';
import { describeType, helperCatalogue } from '#helpers';
import { defineList, listQuery, Lists, splitListQuery } from '#persistence';
import { Api, Envelope } from '#service-defaults';

const HelperType = z
  .object({
    type: z.string(),
    name: z.string(),
    category: z.string(),
    description: z.string(),
    requires_crm: z.boolean(),
    supported_crms: z.array(z.string()),
    config_schema: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'HelperType' });
type HelperType = z.infer<typeof HelperType>;

const HELPER_TYPES = defineList<HelperType>({
  name: 'helper-types',
  key: 'type',
  orders: { category: ['category', 'name'], name: ['name'], type: [] },
  defaultOrder: 'category',
  size: 'all',
  total: 'always',
  oversize: 'cut',
});
const HelperTypeListQuery = listQuery(HELPER_TYPES);
type HelperTypeListQuery = z.infer<typeof HelperTypeListQuery>;

const described: readonly HelperType[] = [...helperCatalogue.values()].map((definition) => ({
  ...describeType(definition),
  config_schema: { ...describeType(definition).config_schema },
}));

const categories = [...new Set(described.map((type) => type.category))].toSorted();

/** The catalogue: every helper type with the schema of its configuration. */
@Controller('helpers/types')
export class HelperTypesController {
  constructor(private readonly lists: Lists) {}

  @Get()
  @Authenticated()
  @KeyScope('read_helpers', { keepsToHelpers: true })
  @Envelope('Helper types retrieved')
  @Api({
    summary: 'List helper types',
    answer: z.object({
      types: z.array(HelperType),
      total_count: z.number().int(),
      categories: z.array(z.string()),
      page_info: PageInfo,
    }),
  })
  list(@Ctx() { scope }: RequestContext, @Query({ schema: HelperTypeListQuery }) query: HelperTypeListQuery) {
    const { request } = splitListQuery(query);
    const { items, page_info } = this.lists.pageOf(HELPER_TYPES, { scope, request, items: described });
    return { types: items, total_count: described.length, categories, page_info };
  }

  @Get(':type')
  @Authenticated()
  @KeyScope('read_helpers', { keepsToHelpers: true })
  @Envelope('Helper type retrieved')
  @Api({ summary: 'Read one helper type', answer: HelperType, errors: ['helpers.type_not_found'] })
  read(@Param('type', { schema: z.string() }) type: string): HelperType {
    const found = described.find((candidate) => candidate.type === type);
    if (found === undefined) throw new Problem(404, 'helpers.type_not_found', 'Helper type not found');
    return found;
  }
}
