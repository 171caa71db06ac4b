import { z } from 'zod';
import { choice, fieldName } from '../../_kit/config/options.js';
import { writeOneField } from '../../_kit/crm/write-one-field.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { fieldText } from '../../_kit/text/field-text.js';

const words = (text: string): number => text.match(/\P{White_Space}+/gu)?.length ?? 0;
const codePoints = (text: string): number => Array.from(text).length;

export const wordCountIt = defineHelper({
  type: 'word_count_it',
  category: 'data',
  title: 'Word Count It',
  summary: 'Stores the number of words or characters of a field.',
  rules: [
    'Words are what stands between white space, also punctuation alone. Characters are Unicode code points, white space included.',
    'An empty field has 0 of both. The number is always written, as text.',
    'The count is made once for an execution, also when source and target are the same field.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: [],
  effects: { setContactFieldValue: { inDoubt: 'repeat' } },
  aliases: { field: 'source_field' },
  config: z.object({
    source_field: fieldName('Field to count in'),
    target_field: fieldName('Field for the count'),
    count_type: choice(['words', 'characters'], 'What is counted', 'words'),
  }),

  async run({ config, crm, remember }) {
    const { source_field: from, target_field: target, count_type: kind } = config;
    const count = await remember('count', async () => {
      const text = fieldText(await crm.readField(from));
      return String(kind === 'words' ? words(text) : codePoints(text));
    });
    return writeOneField(crm, target, count);
  },
});
