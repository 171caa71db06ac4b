import { z } from 'zod';
import { defineHelper } from '../../_kit/define-helper.js';
import { PartialWrites } from '../../_kit/partial-writes.js';
import { fieldText } from '../../_kit/text/field-text.js';

/** Entries of any simple type are made text; a bare text is no list. */
const automationIds = z
  .array(
    z
      .unknown()
      .refine((id) => ['string', 'number', 'boolean'].includes(typeof id) && fieldText(id).trim() !== '', {
        error: 'Must be the id of an automation',
      })
      .transform(fieldText)
      .meta({ description: 'Id of an automation' }),
  )
  .min(1)
  .meta({ description: 'Ids of automations, in the order in which they are started' });

export const actionIt = defineHelper({
  type: 'action_it',
  category: 'automation',
  title: 'Action It',
  summary: 'Starts several CRM automations one after the other.',
  rules: [
    'Automations are started in order, as often as they are listed.',
    'One that cannot be started is a warning, and the next is still started; the run fails when none could be.',
    'A repeated delivery starts only those that were not started yet; where nobody knows whether one was, the run fails with `effect_in_doubt`.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: [],
  effects: { triggerAutomation: { inDoubt: 'ask' } },
  config: z.object({ automation_ids: automationIds }),

  async run(context) {
    const { config, crm } = context;
    const writes = new PartialWrites(context);
    for (const id of config.automation_ids) {
      const action = { type: 'automation_triggered', target: crm.contactId, value: id };
      await writes.attempt(`Automation ${id} could not be started`, () => crm.triggerAutomation(id), action);
    }
    return writes.result();
  },
});
