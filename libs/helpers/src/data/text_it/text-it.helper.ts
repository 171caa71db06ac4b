import { z } from 'zod';
import { choice, exactText, fieldName, requireOption, wholeNumber } from '../../_kit/config/options.js';
import { writeOneField } from '../../_kit/crm/write-one-field.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { fieldText } from '../../_kit/text/field-text.js';
import { NEEDS_VALUE, operate, OPERATIONS } from './operate.js';

export const textIt = defineHelper({
  type: 'text_it',
  category: 'data',
  title: 'Text It',
  summary: 'Changes the text of a field in one way: adds, replaces, cuts, extracts or turns it round.',
  rules: [
    'An empty field counts as the empty text. Numbers become text in plain digits first.',
    'replace and remove take the search text literally, with letter case, and change all occurrences; an empty search text changes nothing.',
    'truncate and reverse count what people see as one character. extract_numbers keeps a full stop only between two digits. slug drops accents first.',
    'extract_email_domain needs exactly one @; otherwise nothing is written.',
    'Nothing is written when the text would not change and the target is the field itself.',
    'The result is computed once for an execution: a repeated delivery never adds a text again.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: [],
  effects: { setContactFieldValue: { inDoubt: 'repeat' } },
  config: z
    .object({
      field: fieldName('Field to work on'),
      operation: choice(OPERATIONS, 'What to do', 'prepend'),
      value: exactText('Text to add, to search or to remove').optional(),
      replace_with: exactText('Replacement').default(''),
      max_length: wholeNumber('Most characters, for truncate')
        .refine((length) => length >= 0, { error: 'Must be 0 or more' })
        .optional(),
      target_field: fieldName('Field for the result; the field itself when left out').optional(),
    })
    .superRefine(({ operation, value, max_length: length }, context) => {
      if (NEEDS_VALUE.has(operation) && value === undefined) requireOption(context, 'value', `for ${operation}`);
      if (operation === 'truncate' && length === undefined) requireOption(context, 'max_length', 'for truncate');
    }),

  async run({ config, crm, remember }) {
    const { field, operation, value = '', replace_with: replaceWith, max_length: maxLength = 0 } = config;
    const { target_field: target = field } = config;
    const result = await remember('result', async () => {
      const text = fieldText(await crm.readField(field));
      const changed = operate(operation, text, { value, replaceWith, maxLength });
      return changed === text && target === field ? null : changed;
    });
    if (result === null) return { success: true };
    return writeOneField(crm, target, result);
  },
});
