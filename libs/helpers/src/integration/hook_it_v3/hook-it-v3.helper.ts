import { z } from 'zod';
import type { FieldValue } from '#connectors';
import { flag, text } from '../../_kit/config/options.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { PartialWrites } from '../../_kit/partial-writes.js';
import type { RunContext } from '../../_kit/run-context.js';
import { fieldText, jsonText, numberText } from '../../_kit/text/field-text.js';
import { atPayloadPath } from '../payload-path.js';

const config = z.looseObject({
  field_mappings: z
    .record(z.string(), z.string().trim())
    .refine((map) => Object.keys(map).length > 0, { error: 'Needs at least one path', params: { missing: true } })
    .meta({ description: 'Paths into the payload and the contact field of each' }),
  nested_separator: text('What separates the keys of a path').default('.'),
  skip_null_values: flag('Leave fields as they are where the payload holds null or the empty text').default(true),
  webhook_data: z
    .record(z.string(), z.unknown())
    .meta({ description: 'Payload, when the request brings none' })
    .optional(),
});
type Context = RunContext<z.output<typeof config>>;

/** From the request first, then from the payload of the configuration, which may stand for one. */
function valueAt({ config: options, input }: Context, path: string): unknown {
  const sent = atPayloadPath(input, path, options.nested_separator);
  return sent === undefined ? atPayloadPath(options.webhook_data ?? options, path, options.nested_separator) : sent;
}

/** What a field can hold: objects and lists become JSON text, and no number needs an exponent. */
function toFieldValue(value: unknown): FieldValue {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value !== 'number') return jsonText(value);
  return String(value).includes('e') ? numberText(value) : value;
}

export const hookItV3 = defineHelper({
  type: 'hook_it_v3',
  category: 'integration',
  title: 'Hook It V3 (Field Mapper)',
  summary: 'Copies values of an incoming payload into contact fields.',
  rules: [
    'A path is split at the separator and followed through objects and, by position, lists. What the request lacks is looked for in `webhook_data`.',
    'Paths that lead nowhere are left out; null and the empty text are too, unless `skip_null_values` is off. Zero and false are values.',
    'Objects and lists are written as JSON text.',
    'A field that cannot be written becomes a warning. The run succeeds when at least one was written.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: [],
  effects: { setContactFieldValue: 'repeatable' },
  config,

  async run(context) {
    const { config: options, crm } = context;
    const mappings = Object.entries(options.field_mappings);
    const writes = new PartialWrites(context);
    for (const [path, field] of mappings) {
      const found = valueAt(context, path);
      if (found === undefined || field === '') continue;
      if (options.skip_null_values && (found === null || found === '')) continue;
      const value = toFieldValue(found);
      await writes.attempt(`Field ${field} could not be written`, () => crm.writeField(field, value), {
        type: 'field_updated',
        target: crm.contactId,
        value: `${field}=${value === null ? '<nil>' : fieldText(value)}`,
      });
    }
    const updated = writes.actions.length;
    const modifiedData = { fields_updated: updated, fields_attempted: mappings.length };
    const result = writes.result(modifiedData);
    if (updated > 0 || !result.success) return result;
    const message = 'The payload holds none of the mapped values.';
    return { success: false, modifiedData, failure: { code: 'no_fields', class: 'give_up', message } };
  },
});
