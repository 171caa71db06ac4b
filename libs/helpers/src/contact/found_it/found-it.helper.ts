import type { FieldValue } from '#connectors';
import { z } from 'zod';
import { fieldName, flag, text } from '../../_kit/config/options.js';
import { hasTag } from '../../_kit/crm/contact-tags.js';
import { lookUpTags } from '../../_kit/crm/resolve-tags.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { PartialWrites } from '../../_kit/partial-writes.js';
import type { RunContext } from '../../_kit/run-context.js';
import { fieldText } from '../../_kit/text/field-text.js';

/** Goals of this type are achieved under the name that campaigns made for it wait for. */
const INTEGRATION = 'mfh';

const config = z.object({
  check_field: fieldName('Field to test'),
  found_tag_id: text('Tag when the field holds something').optional(),
  not_found_tag_id: text('Tag when it is empty').optional(),
  found_goal: text('Goal when the field holds something').optional(),
  not_found_goal: text('Goal when it is empty').optional(),
  remove_opposite_tag: flag('Remove the tag of the other case when the contact has it').default(false),
});

type Context = RunContext<z.output<typeof config>>;

function holdsSomething(value: FieldValue): boolean {
  const parts = Array.isArray(value) ? value : [value];
  return parts.some((part) => fieldText(part).trim() !== '');
}

async function removeOpposite({ crm }: Context, tag: string, writes: PartialWrites): Promise<void> {
  const opposite = (await lookUpTags(crm, [tag])).get(tag);
  if (opposite === undefined || !hasTag((await crm.contact()).tags ?? [], opposite)) return;
  const action = { type: 'tag_removed', target: crm.contactId, value: tag };
  await writes.attempt(`Tag ${tag} could not be removed`, () => crm.removeTag(opposite.id), action);
}

export const foundIt = defineHelper({
  type: 'found_it',
  category: 'contact',
  title: 'Found It',
  summary: 'Looks whether a field holds something, and applies a tag and achieves a goal for either case.',
  rules: [
    'Zero and false count as something; blanks and empty lists do not.',
    'A field that cannot be read fails the run, and nothing is done.',
    'The tag comes first, then the goal. Either may fail with a warning; the run fails when every configured step did.',
    'The tag of the other case is removed only when that is asked for and the contact has it.',
    'The answer is in the output as `found`.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: [],
  effects: { applyTag: 'repeatable', removeTag: 'repeatable', achieveGoal: { inDoubt: 'ask' } },
  aliases: { field: 'check_field' },
  config,

  async run(context) {
    const { config: options, crm, remember } = context;
    // Remembered, so that a repeated delivery does not achieve the goal of the other case, too.
    const found = await remember('found', async () => holdsSomething(await crm.readField(options.check_field)));
    const yes = { tag: options.found_tag_id, goal: options.found_goal };
    const no = { tag: options.not_found_tag_id, goal: options.not_found_goal };
    const [{ tag, goal }, opposite] = found ? [yes, no.tag] : [no, yes.tag];
    const writes = new PartialWrites(context);
    if (tag !== undefined) {
      const action = { type: 'tag_applied', target: crm.contactId, value: tag };
      await writes.attempt(`Tag ${tag} could not be applied`, () => crm.applyTag(tag), action);
    }
    if (options.remove_opposite_tag && opposite !== undefined && opposite !== tag) {
      await removeOpposite(context, opposite, writes);
    }
    if (goal !== undefined) {
      const action = { type: 'goal_achieved', target: crm.contactId, value: goal };
      await writes.attempt(`Goal ${goal} could not be achieved`, () => crm.achieveGoal(goal, INTEGRATION), action);
    }
    return writes.result({ found });
  },
});
