import { z } from 'zod';
import { fieldName, flag } from '../../_kit/config/options.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { isEmptyValue } from '../../_kit/text/field-text.js';
import { generatePassword } from './generate.js';

const DEFAULT_LENGTH = 12;
const SHORTEST = 4;
const LONGEST = 128;
/** What stands for the password everywhere but in the CRM. */
const MASK = '********';

export const passwordIt = defineHelper({
  type: 'password_it',
  category: 'data',
  title: 'Password It',
  summary: 'Makes a random password and stores it in a contact field.',
  rules: [
    'Without overwriting, a value that is there stays.',
    'At least one small letter, one capital, one digit and, if wished, one special character; all drawn by a generator fit for secrets.',
    'The password is written to the CRM only. Output, events and records show ********.',
    'One execution makes one password: a repeated delivery writes the same one, which is kept sealed in between.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: [],
  effects: { setContactFieldValue: { inDoubt: 'repeat' } },
  config: z.object({
    target_field: fieldName('Field for the password'),
    length: z
      .int()
      .max(LONGEST)
      .refine((length) => length <= 0 || length >= SHORTEST, { error: `At least ${SHORTEST}` })
      .meta({ description: `Length, ${SHORTEST} to ${LONGEST}; 0 means ${DEFAULT_LENGTH}` })
      .default(DEFAULT_LENGTH),
    include_special: flag('Use special characters too').default(true),
    avoid_look_alikes: flag('Leave out characters that look like others, such as 0 and O').default(false),
    overwrite: flag('Replace an existing value').default(false),
  }),

  async run({ config, crm, crypto, random, remember }) {
    const { target_field: target, length, include_special: special, avoid_look_alikes: legible } = config;
    const rules = { length: length > 0 ? length : DEFAULT_LENGTH, special, legible };
    const sealed = await remember('password', async () => {
      if (!config.overwrite && !isEmptyValue(await crm.readField(target))) return null;
      return crypto.seal(generatePassword(rules, () => random.next()));
    });
    if (sealed === null) return { success: true };
    await crm.writeField(target, await crypto.unseal(sealed));
    return {
      success: true,
      modifiedData: { [target]: MASK },
      actions: [{ type: 'field_updated', target, value: MASK }],
    };
  },
});
