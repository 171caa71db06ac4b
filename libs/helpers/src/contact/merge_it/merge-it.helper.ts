import { z } from 'zod';
import { exactText, fieldName, flag, textList } from '../../_kit/config/options.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { fieldText } from '../../_kit/text/field-text.js';

export const mergeIt = defineHelper({
  type: 'merge_it',
  category: 'contact',
  title: 'Merge It',
  summary: 'Joins the values of several fields, with a separator, into one field.',
  rules: [
    'Values are joined in the order of the list and not trimmed; a source may appear twice.',
    'Empty values are left out together with their separator, or kept as empty parts.',
    'When all sources are empty nothing is written.',
    'A source that cannot be read fails the run.',
    'The target may be one of the sources: a repeated delivery writes the same text again and does not join twice.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: [],
  effects: { setContactFieldValue: 'repeatable' },
  config: z.object({
    source_fields: textList('Fields to join, at least two', 2),
    target_field: fieldName('Field to write'),
    separator: exactText('Text between the values; may be empty').default(' '),
    skip_empty: flag('Leave empty values out').default(true),
  }),

  async run({ config, crm, remember }) {
    const { source_fields: sources, target_field: target, separator, skip_empty: skipEmpty } = config;
    const join = async (): Promise<string | null> => {
      const texts: string[] = [];
      for (const source of sources) texts.push(fieldText(await crm.readField(source)));
      if (texts.every((text) => text === '')) return null;
      return texts.filter((text) => !skipEmpty || text !== '').join(separator);
    };
    const joined = sources.includes(target) ? await remember('joined', join) : await join();
    if (joined === null) return { success: true };
    await crm.writeField(target, joined);
    return {
      success: true,
      modifiedData: { [target]: joined },
      actions: [{ type: 'field_updated', target, value: joined }],
    };
  },
});
