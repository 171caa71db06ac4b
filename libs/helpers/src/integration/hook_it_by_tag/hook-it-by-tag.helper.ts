import { z } from 'zod';
import { choice, MISSING, text, textList } from '../../_kit/config/options.js';
import { GOAL_INTEGRATION } from '../../_kit/crm/contact-crm.js';
import { defineHelper } from '../../_kit/define-helper.js';
import type { HelperAction } from '../../_kit/helper-result.js';
import { PartialWrites } from '../../_kit/partial-writes.js';
import { applyTagTo } from '../apply-tag.js';
import { contactTags } from './contact-tags.js';

const config = z
  .object({
    required_tags: textList('Tags, by id or name, that the contact must have', 0).default([]),
    forbidden_tags: textList('Tags, by id or name, that the contact must not have', 0).default([]),
    match_mode: choice(['all', 'any'], 'Whether all required tags must be there, or any of them').default('all'),
    goal_name: text('Goal to achieve').optional(),
    integration: text('Integration name given to the CRM with the goal').default(GOAL_INTEGRATION),
    apply_tag_on_success: text('Tag, by id or name, for contacts that meet the conditions').optional(),
    apply_tag_on_skip: text('Tag, by id or name, for contacts that do not').optional(),
  })
  .refine(({ required_tags: required, forbidden_tags: forbidden }) => required.length + forbidden.length > 0, {
    path: ['required_tags'],
    error: 'Name at least one tag here or in forbidden_tags',
    params: MISSING,
  });

/** Why the contact is left out; null when it is not. */
function reasonToSkip(
  { required_tags: required, forbidden_tags: forbidden, match_mode: mode }: z.output<typeof config>,
  has: (tag: string) => boolean,
): Record<string, unknown> | null {
  const missing = required.find((tag) => !has(tag));
  if (mode === 'all' && missing !== undefined) {
    return { skip_reason: 'missing_required_tag', missing_tag: missing, required_tags: required };
  }
  if (mode === 'any' && required.length > 0 && !required.some(has)) {
    return { skip_reason: 'missing_any_required_tag', required_tags: required };
  }
  const present = forbidden.find(has);
  return present === undefined ? null : { skip_reason: 'has_forbidden_tag', forbidden_tag: present };
}

export const hookItByTag = defineHelper({
  type: 'hook_it_by_tag',
  category: 'integration',
  title: 'Hook It By Tag',
  summary: 'Achieves a goal and applies a tag, only for contacts whose tags meet the conditions.',
  rules: [
    'Tags are named by id or by name; an id wins.',
    'Required tags are looked at first (all of them, or any), then forbidden ones. An empty list asks for nothing, but one of the two must name a tag.',
    'A contact that does not meet the conditions is skipped: that is a success, with the reason in `skip_reason`, and its own tag when one is configured.',
    'When the goal fails, the run fails and the tag is not applied. A tag that is refused is a warning, and fails the run when nothing else was done.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: [],
  effects: { achieveGoal: { inDoubt: 'ask' }, applyTag: 'repeatable' },
  config,

  async run(context) {
    const { config: options, crm, remember } = context;
    // Remembered: the tags that this run applies must not change the decision of a second delivery.
    const { ids, skipped } = await remember('decision', async () => {
      const tags = await contactTags(crm, [...options.required_tags, ...options.forbidden_tags]);
      return { ids: tags.ids, skipped: reasonToSkip(options, tags.has) };
    });
    const writes = new PartialWrites(context);
    if (skipped !== null) {
      await applyTagTo(crm, writes, options.apply_tag_on_skip);
      return writes.result({ processed: false, contact_tags: ids, ...skipped });
    }
    const modifiedData = { processed: true, contact_tags: ids };
    const achieved: HelperAction[] = [];
    const { goal_name: goal } = options;
    if (goal !== undefined) {
      await crm.achieveGoal(goal, options.integration);
      achieved.push({ type: 'goal_achieved', target: crm.contactId, value: goal });
    }
    await applyTagTo(crm, writes, options.apply_tag_on_success);
    if (achieved.length === 0) return writes.result(modifiedData);
    return { success: true, modifiedData, actions: [...achieved, ...writes.actions] };
  },
});
