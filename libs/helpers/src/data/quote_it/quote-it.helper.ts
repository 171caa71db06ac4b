import { z } from 'zod';
import { choice, exactText, fieldName, flag, requireOption } from '../../_kit/config/options.js';
import { writeOneField } from '../../_kit/crm/write-one-field.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { fieldText } from '../../_kit/text/field-text.js';
import { delimitersOf, quote, QUOTE_STYLES } from './quote.js';

export const quoteIt = defineHelper({
  type: 'quote_it',
  category: 'data',
  title: 'Quote It',
  summary: "Puts quotation marks or other delimiters around a field's text.",
  rules: [
    'An empty source writes nothing; any other text is always written.',
    'Escaping doubles backslashes and puts one before each quotation mark of the kind that stands around the text. Brackets, braces, parentheses and backticks escape nothing.',
    'The result is computed once for an execution, also when source and target are the same field.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: [],
  effects: { setContactFieldValue: { inDoubt: 'repeat' } },
  aliases: { field: 'source_field' },
  config: z
    .object({
      source_field: fieldName('Field with the text'),
      target_field: fieldName('Field for the result'),
      quote_style: choice(QUOTE_STYLES, 'Pair of delimiters').default('double'),
      custom_left: exactText('Left delimiter, for custom; may be empty').optional(),
      custom_right: exactText('Right delimiter, for custom; may be empty').optional(),
      escape_quotes: flag('Put a backslash before quotation marks inside the text').default(false),
    })
    .superRefine((config, context) => {
      if (config.quote_style !== 'custom') return;
      for (const option of ['custom_left', 'custom_right'] as const) {
        if (config[option] === undefined) requireOption(context, option, 'for the custom style');
      }
    }),

  async run({ config, crm, remember }) {
    const { source_field: from, target_field: target, quote_style: style, escape_quotes: escape } = config;
    const source = await remember('source', async () => fieldText(await crm.readField(from)));
    if (source === '') return { success: true };
    const pair = delimitersOf(style, [config.custom_left ?? '', config.custom_right ?? '']);
    const quoted = quote(source, pair, escape);
    return writeOneField(crm, target, quoted, { quote_style: style, source_text: source, quoted_text: quoted });
  },
});
