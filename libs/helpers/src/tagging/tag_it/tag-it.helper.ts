import { z } from 'zod';
import { choice, flag, textList } from '../../_kit/config/options.js';
import { resolveTags } from '../../_kit/crm/resolve-tags.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { PartialWrites } from '../../_kit/partial-writes.js';

export const tagIt = defineHelper({
  type: 'tag_it',
  category: 'tagging',
  title: 'Tag It',
  summary: 'Applies tags to the contact, or removes them.',
  rules: [
    'Tags are given by id or by name; an id wins over a name, and names match in any letter case.',
    'All names are looked up before the first change. An unknown one fails the run, unless it may be created.',
    'A tag that is listed twice is sent once.',
    'A tag that fails becomes a warning; the run fails only when every tag did.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: [],
  effects: { applyTag: 'repeatable', removeTag: 'repeatable', createTag: 'repeatable' },
  config: z.object({
    action: choice(['apply', 'remove'], 'What to do with the tags', 'apply'),
    tag_ids: textList('Tags, by id or name, in this order'),
    create_missing: flag('When applying: create tags that do not exist yet').default(false),
  }),

  async run(context) {
    const { config, crm } = context;
    const applying = config.action === 'apply';
    const tags = await resolveTags(crm, config.tag_ids, { createMissing: applying && config.create_missing });
    const writes = new PartialWrites(context);
    for (const { given, tag } of tags) {
      await writes.attempt(
        `Tag ${given} could not be ${applying ? 'applied' : 'removed'}`,
        () => (applying ? crm.applyTag(tag) : crm.removeTag(tag)),
        { type: applying ? 'tag_applied' : 'tag_removed', target: crm.contactId, value: given },
      );
    }
    return writes.result();
  },
});
