import { Controller, Get, Param } from '@nestjs/common';
import { z } from 'zod';
import { Authenticated, KeyScope } from '#auth';
import { Problem } from '#contracts';
import { describeType, helperCatalogue } from '#helpers';
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

const described: readonly HelperType[] = [...helperCatalogue.values()]
  .map((definition) => ({ ...describeType(definition), config_schema: { ...describeType(definition).config_schema } }))
  .toSorted((a, b) => a.category.localeCompare(b.category) || a.name.localeCompare(b.name));

/** The catalogue: every helper type with the schema of its configuration. */
@Controller('helpers/types')
export class HelperTypesController {
  @Get()
  @Authenticated()
  @KeyScope('read_helpers', { keepsToHelpers: true })
  @Envelope('Helper types retrieved')
  @Api({
    summary: 'List helper types',
    answer: z.object({ types: z.array(HelperType), total_count: z.number().int(), categories: z.array(z.string()) }),
  })
  list() {
    const categories = [...new Set(described.map((type) => type.category))].toSorted();
    return { types: [...described], total_count: described.length, categories };
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
