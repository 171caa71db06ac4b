import { z } from 'zod';
import { fieldName, flag, text } from '../../_kit/config/options.js';
import { writeOneField } from '../../_kit/crm/write-one-field.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { isEmptyValue } from '../../_kit/text/field-text.js';
import { defaultText } from './default-text.js';

export const defaultToField = defineHelper({
  type: 'default_to_field',
  category: 'contact',
  title: 'Default To Field',
  summary: 'Writes a fixed text, a date, or a text with values of the contact into a field.',
  rules: [
    '`now` and `today` alone stand for the time (`YYYY-MM-DD HH:MM:SS`) and the date (`YYYY-MM-DD`) in the zone of the account; inside a text they are `@date_now` and `@date_today`.',
    '`{{field}}` and `@Field` stand for values of the contact: standard fields, and custom fields by key or label. They are replaced in one pass, never inside a word or an address; unknown ones stay.',
    'An empty result writes nothing. A contact that cannot be read fails the run.',
    'The field is overwritten, unless it is to be written only when it is empty.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: [],
  effects: { setContactFieldValue: 'repeatable' },
  aliases: { target_field: 'to_field' },
  config: z.object({
    default: text('Value to write, may hold tokens'),
    to_field: fieldName('Field to write'),
    only_if_empty: flag('Write only when the field is empty').default(false),
  }),

  async run({ config, crm, clock, identity, remember }) {
    const { default: template, to_field: target, only_if_empty: onlyIfEmpty } = config;
    // Remembered: the text may contain the field itself, and a field that was filled looks like one to leave alone.
    const value = await remember('value', async () => {
      if (onlyIfEmpty && !isEmptyValue(await crm.readField(target))) return '';
      return defaultText(template, crm, clock.now(), identity.timezone ?? 'UTC');
    });
    if (value === '') return { success: true };
    return writeOneField(crm, target, value);
  },
});
