import { z } from 'zod';
import { fieldName, text } from '../../_kit/config/options.js';
import { contactTagsInCategory } from '../../_kit/crm/contact-tags.js';
import { writeOneField } from '../../_kit/crm/write-one-field.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { numberText } from '../../_kit/text/field-text.js';

export const countTags = defineHelper({
  type: 'count_tags',
  category: 'tagging',
  title: 'Count Tags',
  summary: 'Writes how many tags the contact has, of all or of one category, to a field.',
  rules: [
    'A count of zero is written, too.',
    'A category is compared exactly with those in the tag list of the CRM; where tags have no categories the run fails.',
    'Tags or a tag list that cannot be read fail the run; nothing is written then.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: [],
  effects: { setContactFieldValue: 'repeatable' },
  aliases: { field: 'target_field' },
  config: z.object({
    target_field: fieldName('Field to write'),
    category: text('Count only the tags of this category').optional(),
  }),

  async run({ config, crm }) {
    const { target_field: target, category } = config;
    const tags =
      category === undefined
        ? ((await crm.contact()).tags ?? [])
        : await contactTagsInCategory(crm, (each) => each === category);
    const count = numberText(tags.length);
    return writeOneField(crm, target, count);
  },
});
