import { z } from 'zod';
import { choice, fieldName } from '../../_kit/config/options.js';
import { writeOneField } from '../../_kit/crm/write-one-field.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { fieldText } from '../../_kit/text/field-text.js';
import { formatText, FORMATS } from './format-text.js';

export const formatIt = defineHelper({
  type: 'format_it',
  category: 'data',
  title: 'Format It',
  summary: "Changes letter case and outer white space of a field's text.",
  rules: [
    'An empty field is left alone. Other values become text first: numbers in plain digits, true and false.',
    'Title case starts a word after white space, a hyphen, or an apostrophe as in O\'Brien; the apostrophe of "it\'s" starts none.',
    'Trimming removes every kind of white space at both ends and keeps what is inside.',
    'Nothing is written when the text would not change and the target is the field itself.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: [],
  effects: { setContactFieldValue: 'repeatable' },
  config: z.object({
    field: fieldName('Field to format'),
    format: choice(FORMATS, 'What to do', 'uppercase'),
    target_field: fieldName('Field for the result; the field itself when left out').optional(),
  }),

  async run({ config, crm }) {
    const { field, format, target_field: target = field } = config;
    const source = fieldText(await crm.readField(field));
    if (source === '') return { success: true };
    const formatted = formatText(source, format);
    if (formatted === source && target === field) return { success: true };
    return writeOneField(crm, target, formatted);
  },
});
