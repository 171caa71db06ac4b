import { z } from 'zod';
import { fieldName, flag } from '../../_kit/config/options.js';
import { writeOneField } from '../../_kit/crm/write-one-field.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { isEmptyValue } from '../../_kit/text/field-text.js';
import { convertValue, definitionOf } from '../target-field.js';

export const copyIt = defineHelper({
  type: 'copy_it',
  category: 'contact',
  title: 'Copy It',
  summary: 'Copies the value of one field to another.',
  rules: [
    'An empty source copies nothing; zero, false and blanks are values and are copied.',
    'Without overwriting, a target that holds anything is left alone; one that cannot be read fails the run.',
    'A value keeps its type, unless the target field has another one: a list becomes comma-separated text, a date a date. A value that cannot be converted fails the run.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: [],
  effects: { setContactFieldValue: 'repeatable' },
  config: z.object({
    source_field: fieldName('Field to read'),
    target_field: fieldName('Field to write'),
    overwrite: flag('Replace a value that is already there').default(true),
  }),

  async run({ config, crm }) {
    const { source_field: source, target_field: target, overwrite } = config;
    const value = await crm.readField(source);
    if (isEmptyValue(value)) return { success: true };
    if (!overwrite && !isEmptyValue(await crm.readField(target))) return { success: true };
    const written = convertValue(value, await definitionOf(crm, target));
    return writeOneField(crm, target, written);
  },
});
