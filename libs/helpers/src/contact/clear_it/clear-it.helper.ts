import { z } from 'zod';
import { textList } from '../../_kit/config/options.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { PartialWrites } from '../../_kit/partial-writes.js';

export const clearIt = defineHelper({
  type: 'clear_it',
  category: 'contact',
  title: 'Clear It',
  summary: 'Empties one or more fields of the contact.',
  rules: [
    'Fields are emptied in the order of the list, each once, also those that are empty already.',
    'A field that cannot be emptied becomes a warning and the rest goes on; the run fails only when every field did.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: [],
  effects: { setContactFieldValue: 'repeatable' },
  aliases: { field: 'fields' },
  config: z.object({ fields: textList('Fields to empty') }),

  async run(context) {
    const { config, crm } = context;
    const writes = new PartialWrites(context);
    const cleared: Record<string, string> = {};
    for (const field of new Set(config.fields)) {
      const action = { type: 'field_updated', target: field, value: '' };
      const done = await writes.attempt(`Field ${field} could not be emptied`, () => crm.writeField(field, ''), action);
      if (done) cleared[field] = '';
    }
    return writes.result(cleared);
  },
});
