import { z } from 'zod';
import { fieldName, flag } from '../../_kit/config/options.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { PartialWrites } from '../../_kit/partial-writes.js';
import { fieldText } from '../../_kit/text/field-text.js';
import { parseName } from './parse-name.js';

export const nameParseIt = defineHelper({
  type: 'name_parse_it',
  category: 'contact',
  title: 'Name Parse It',
  summary: 'Splits a full name into first name, last name, title and suffix.',
  rules: [
    'The first word is the first name, all others are the last name. `Last, First` is understood.',
    'Titles (`Dr.`, `Mrs`, `Prof.`) in front, and suffixes (`Jr.`, `III`, `M.D.`, `Ph.D.`, `Esq.`) at the end, dotted or not and also several, are taken off; they are stored only where a field is given.',
    'Without a comma a suffix is looked for only where more than two words are there: `Smith Jr` is a full name.',
    'A name of one word empties the last name, unless that is to be kept. A title with one word leaves the first name alone.',
    'An empty field does nothing; one that cannot be read fails the run.',
    'A field that cannot be written becomes a warning; the run fails only when every write did.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: [],
  effects: { setContactFieldValue: 'repeatable' },
  aliases: { field: 'source_field' },
  config: z.object({
    source_field: fieldName('Field with the full name'),
    first_name_field: fieldName('Field for the first name').default('first_name'),
    last_name_field: fieldName('Field for the last name').default('last_name'),
    suffix_field: fieldName('Field for the suffix').optional(),
    title_field: fieldName('Field for the title').optional(),
    keep_last_name: flag('Leave the last name alone when the name is a single word').default(false),
  }),

  async run(context) {
    const { config, crm, remember } = context;
    // Remembered: the field with the full name may be one of those that are written.
    const name = await remember('name', async () => parseName(fieldText(await crm.readField(config.source_field))));
    if (Object.keys(name).length === 0) return { success: true };
    const last = name.last ?? (config.keep_last_name ? undefined : '');
    const parts: [string | undefined, string | undefined][] = [
      [config.first_name_field, name.first],
      [config.last_name_field, last],
      [config.suffix_field, name.suffix],
      [config.title_field, name.title],
    ];
    const writes = new PartialWrites(context);
    const written: Record<string, string> = {};
    for (const [field, value] of parts) {
      if (field === undefined || value === undefined) continue;
      const action = { type: 'field_updated', target: field, value };
      const write = () => crm.writeField(field, value);
      if (await writes.attempt(`Field ${field} could not be written`, write, action)) written[field] = value;
    }
    return writes.result(written);
  },
});
