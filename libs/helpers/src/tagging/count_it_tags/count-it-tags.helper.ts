import type { TagRef } from '#connectors';
import { z } from 'zod';
import { fieldName, text } from '../../_kit/config/options.js';
import { hasTag } from '../../_kit/crm/contact-tags.js';
import { lookUpTags } from '../../_kit/crm/resolve-tags.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { PartialWrites } from '../../_kit/partial-writes.js';
import type { RunContext } from '../../_kit/run-context.js';
import { fieldText, numberText } from '../../_kit/text/field-text.js';
import { tagMembers } from './tag-members.js';

const config = z.object({
  tag_id: text('Tag to count, by id or name'),
  threshold: z.number().meta({ description: 'Number of contacts to reach; 0 or less: no threshold' }).default(0),
  threshold_met_tag: text('Tag for the contact when the threshold is reached; `no_tag` for none').optional(),
  threshold_not_met_tag: text('Tag for the contact when it is not; `no_tag` for none').optional(),
  save_count_to: fieldName('Field for the count').optional(),
  save_position_to: fieldName('Field for the position').optional(),
});

/** Forms of tagging types send a list of tags; one is counted. */
function reshape(raw: Record<string, unknown>): Record<string, unknown> {
  const { tag_ids: list, ...others } = raw;
  if (list === undefined || (others['tag_id'] ?? '') !== '') return raw;
  const [first = ''] = Array.isArray(list) ? (list as unknown[]) : fieldText(list).split(',');
  return { ...others, tag_id: fieldText(first).trim() };
}

type Context = RunContext<z.output<typeof config>>;

/** A tag option as an id; null when there is none. */
async function optionalTag({ crm }: Context, option: string | undefined): Promise<TagRef | null> {
  if (option === undefined || option === 'no_tag') return null;
  return (await lookUpTags(crm, [option])).get(option) ?? null;
}

async function tagByThreshold(context: Context, total: number, writes: PartialWrites): Promise<void> {
  const { config: options, crm } = context;
  if (options.threshold <= 0) return;
  const met = await optionalTag(context, options.threshold_met_tag);
  const notMet = await optionalTag(context, options.threshold_not_met_tag);
  const [tag, opposite] = total >= options.threshold ? [met, notMet] : [notMet, met];
  if (tag !== null) {
    const action = { type: 'tag_applied', target: crm.contactId, value: tag.id };
    await writes.attempt(`Tag ${tag.id} could not be applied`, () => crm.applyTag(tag.id), action);
  }
  if (opposite === null || opposite.id === tag?.id || !hasTag((await crm.contact()).tags ?? [], opposite)) return;
  const action = { type: 'tag_removed', target: crm.contactId, value: opposite.id };
  await writes.attempt(`Tag ${opposite.id} could not be removed`, () => crm.removeTag(opposite.id), action);
}

export const countItTags = defineHelper({
  type: 'count_it_tags',
  category: 'tagging',
  title: 'Count It Tags',
  summary: 'Counts the contacts that have a tag, tags the contact by a threshold and stores count and position.',
  rules: [
    'The position is the rank among the contacts with the tag, by the time of tagging where the CRM tells it; 0 for a contact without the tag, and then the position field is left alone.',
    'The count is compared with the threshold exactly; the tag of the other answer is removed when the contact has it.',
    'A list of contacts that cannot be read completely fails the run, and nothing is written.',
    'A tag or field that fails becomes a warning; the run fails only when every write did.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: [],
  effects: { applyTag: 'repeatable', removeTag: 'repeatable', setContactFieldValue: 'repeatable' },
  aliases: { target_field: 'save_count_to' },
  reshape,
  config,

  async run(context) {
    const { config: options, crm, signal } = context;
    const { total, position } = await tagMembers(crm, options.tag_id, signal);
    const writes = new PartialWrites(context);
    await tagByThreshold(context, total, writes);
    const fields = [
      { field: options.save_count_to, value: total, isKnown: true },
      { field: options.save_position_to, value: position, isKnown: position > 0 },
    ];
    for (const { field, value, isKnown } of fields) {
      if (field === undefined || !isKnown) continue;
      const text = numberText(value);
      const action = { type: 'field_updated', target: field, value: text };
      await writes.attempt(`Field ${field} could not be written`, () => crm.writeField(field, text), action);
    }
    return writes.result({ total_count: total, position });
  },
});
