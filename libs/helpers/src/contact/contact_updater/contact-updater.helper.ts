import { z } from 'zod';
import { requireOption, textList } from '../../_kit/config/options.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { HelperFailure } from '../../_kit/helper-failure.js';
import { PartialWrites } from '../../_kit/partial-writes.js';
import type { RunContext } from '../../_kit/run-context.js';
import { fieldValues, requestedValues, updateOf, withTokens } from './field-values.js';

const GOAL = 'contact_updated';
const INTEGRATION = 'contact_updater';

const config = z
  .object({
    fields: fieldValues.meta({ description: 'Field key to value; an empty value clears the field' }),
    allowed_fields: textList('Fields that a request may set; those of `fields` when left out', 0).optional(),
    secondary_contact_ids: z
      .array(z.string().trim())
      .meta({ description: 'Contacts for whom the goal `contact_updated` is achieved' })
      .optional(),
  })
  .superRefine(({ fields, allowed_fields: allowed = [] }, context) => {
    if (Object.keys(fields).length === 0 && allowed.length === 0) {
      requireOption(context, 'fields', 'unless requests may set fields (allowed_fields)');
    }
  });

async function achieveGoals(context: RunContext<z.output<typeof config>>, writes: PartialWrites): Promise<void> {
  const contacts = context.config.secondary_contact_ids?.filter((id) => id !== '') ?? [];
  if (contacts.length === 0) return;
  if (!(await context.crm.supports('goals'))) return context.warn('This CRM has no goals; none were achieved.');
  for (const contact of contacts) {
    const crm = context.crm.forContact(contact);
    const action = { type: 'goal_achieved', target: contact, value: GOAL };
    const achieve = () => crm.achieveGoal(GOAL, INTEGRATION);
    await writes.attempt(`The goal of contact ${contact} could not be achieved`, achieve, action);
  }
}

export const contactUpdater = defineHelper({
  type: 'contact_updater',
  category: 'contact',
  title: 'Contact Updater',
  summary: 'Sets several fields of the contact at once, and can achieve a goal for other contacts.',
  rules: [
    'Values come from the configuration and from the request (`{"fields": {...}}`), which wins. A request may only set the fields that are allowed; others are left out with a warning.',
    'Texts may hold `{{field}}` of the contact; unknown tokens stay.',
    'All fields travel in one update, standard fields by their names, custom fields by label, key or id. Null and the empty text clear a field.',
    'An update without any field is refused. When the update fails, no goal is achieved.',
    'A goal that fails becomes a warning, also on CRMs that have no goals.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: [],
  effects: { updateContact: 'repeatable', achieveGoal: { inDoubt: 'ask' } },
  config,

  async run(context) {
    const { config: options, crm, input, remember, warn } = context;
    const allowed = options.allowed_fields ?? [];
    const mayBeSet = allowed.length > 0 ? allowed : Object.keys(options.fields);
    const wanted = { ...options.fields, ...requestedValues(input, mayBeSet, warn) };
    if (Object.keys(wanted).length === 0) {
      const message = 'There is nothing to update: give fields in the configuration or in the request.';
      throw new HelperFailure('nothing_to_update', 'give_up', message);
    }
    // Remembered: a text may hold the field that it is written to.
    const values = await remember('values', () => withTokens(crm, wanted));
    await crm.updateContact(updateOf(values));
    const writes = new PartialWrites(context);
    await achieveGoals(context, writes);
    const updated = Object.entries(values).map(([target, value]) => ({
      type: 'field_updated',
      target,
      value: value ?? undefined,
    }));
    return { success: true, modifiedData: values, actions: [...updated, ...writes.actions] };
  },
});
