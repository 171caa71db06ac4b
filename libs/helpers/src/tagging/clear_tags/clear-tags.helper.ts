import type { TagRef } from '#connectors';
import { z } from 'zod';
import { choice, exactText, flag, requireOption, textList } from '../../_kit/config/options.js';
import type { ContactCrm } from '../../_kit/crm/contact-crm.js';
import { contactTags, contactTagsInCategory } from '../../_kit/crm/contact-tags.js';
import { resolveTags } from '../../_kit/crm/resolve-tags.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { PartialWrites } from '../../_kit/partial-writes.js';

const NEEDED = { specific: 'tag_ids', prefix: 'prefix', category: 'category' } as const;

const config = z
  .object({
    mode: choice(['specific', 'all', 'prefix', 'category'], 'How the tags are chosen'),
    tag_ids: textList('With mode specific: tags, by id or name').optional(),
    prefix: exactText('With mode prefix: how the names begin').optional(),
    category: exactText('With mode category: the category of the tags').optional(),
    ignore_case: flag('Compare prefix or category without regard to letter case').default(false),
  })
  .superRefine((value, context) => {
    if (value.mode === 'all') return;
    const option = NEEDED[value.mode];
    if ((value[option] ?? '') === '') requireOption(context, option, `with mode ${value.mode}`);
  });

/** Without a mode, the option that is filled in says what is meant. All tags are never removed unasked. */
function reshape(raw: Record<string, unknown>): Record<string, unknown> {
  if ((raw['mode'] ?? '') !== '') return raw;
  const meant = Object.entries(NEEDED).filter(([, option]) => (raw[option] ?? '') !== '');
  const [mode] = meant[0] ?? [];
  return mode === undefined || meant.length > 1 ? raw : { ...raw, mode };
}

async function chosenTags(crm: ContactCrm, options: z.output<typeof config>): Promise<TagRef[]> {
  const form = (text: string): string => (options.ignore_case ? text.toLowerCase() : text);
  const { mode, tag_ids: given = [], prefix = '', category = '' } = options;
  switch (mode) {
    case 'specific':
      return (await resolveTags(crm, given)).map((tag) => ({ id: tag.tag, name: tag.given }));
    case 'all':
      return (await crm.contact()).tags ?? [];
    case 'prefix':
      return (await contactTags(crm)).filter(({ name }) => form(name).startsWith(form(prefix)));
    case 'category':
      return contactTagsInCategory(crm, (each) => form(each) === form(category));
  }
}

export const clearTags = defineHelper({
  type: 'clear_tags',
  category: 'tagging',
  title: 'Clear Tags',
  summary: 'Removes tags from the contact: given ones, all, those whose names begin alike, or those of a category.',
  rules: [
    'The mode is never presumed: without one, the only option that is filled in (tags, prefix or category) decides.',
    '`specific` removes the listed tags, whether the contact has them or not; an unknown name fails the run before anything is removed.',
    '`prefix` and `category` compare exactly, unless letter case is to be ignored.',
    'Where the CRM has no tag categories, mode `category` fails the run.',
    'Nothing to remove is a success. A tag that fails becomes a warning; the run fails only when every tag did.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: [],
  effects: { removeTag: 'repeatable' },
  reshape,
  config,

  async run(context) {
    const { crm } = context;
    const writes = new PartialWrites(context);
    for (const { id, name } of await chosenTags(crm, context.config)) {
      const shown = name === '' || name === id ? id : `${name} (${id})`;
      const action = { type: 'tag_removed', target: crm.contactId, value: id };
      await writes.attempt(`Tag ${shown} could not be removed`, () => crm.removeTag(id), action);
    }
    return writes.result();
  },
});
