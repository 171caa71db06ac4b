import { z } from 'zod';
import { exactText, fieldName, flag } from '../../_kit/config/options.js';
import type { ContactCrm } from '../../_kit/crm/contact-crm.js';
import { contactTags } from '../../_kit/crm/contact-tags.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { PartialWrites } from '../../_kit/partial-writes.js';
import { fieldText } from '../../_kit/text/field-text.js';

const normalized = (name: string): string => name.trim().toLowerCase();

/** Of several tags with the name, runs at the same time must all choose the same one: the first in the list. */
async function tagNamed(crm: ContactCrm, name: string): Promise<string> {
  const find = async () => (await crm.getTags()).find((tag) => normalized(tag.name) === normalized(name))?.id;
  const known = await find();
  if (known !== undefined) return known;
  const made = await crm.createTag({ name });
  return (await find()) ?? made.id;
}

export const groupIt = defineHelper({
  type: 'group_it',
  category: 'tagging',
  title: 'Group It',
  summary: 'Applies the tag whose name is a prefix followed by the value of a field.',
  rules: [
    'The value is trimmed, and tag names match in any letter case; of several equal names the first one is taken.',
    'A tag that does not exist is created.',
    'An empty value does nothing. The prefix may be empty.',
    'With `exclusive`, tags of the contact that begin with the same prefix are removed after the new one is there; that needs a prefix.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: [],
  effects: { applyTag: 'repeatable', removeTag: 'repeatable', createTag: 'repeatable' },
  config: z
    .object({
      field: fieldName('Field whose value names the group'),
      tag_prefix: exactText('Text before the value; may be empty').meta({ default: '' }),
      exclusive: flag('Remove the tags of other groups: those that begin with the same prefix').default(false),
    })
    .refine(({ exclusive, tag_prefix: prefix }) => !exclusive || prefix.trim() !== '', {
      path: ['exclusive'],
      error: 'Needs a prefix: without one, every other tag of the contact would be removed',
    }),

  async run(context) {
    const { config, crm } = context;
    const value = fieldText(await crm.readField(config.field)).trim();
    if (value === '') return { success: true };
    const tag = await tagNamed(crm, `${config.tag_prefix}${value}`);
    await crm.applyTag(tag);
    const writes = new PartialWrites(context);
    const prefix = config.tag_prefix.toLowerCase();
    const others = config.exclusive ? await contactTags(crm) : [];
    for (const { id, name } of others) {
      if (id === tag || !name.toLowerCase().startsWith(prefix)) continue;
      const action = { type: 'tag_removed', target: crm.contactId, value: id };
      await writes.attempt(`Tag ${name} could not be removed`, () => crm.removeTag(id), action);
    }
    return {
      success: true,
      actions: [{ type: 'tag_applied', target: crm.contactId, value: tag }, ...writes.actions],
    };
  },
});
