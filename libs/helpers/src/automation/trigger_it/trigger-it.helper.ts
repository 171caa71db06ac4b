import { z } from 'zod';
import { defineHelper } from '../../_kit/define-helper.js';
import { automationId } from '../automation-id.js';

export const triggerIt = defineHelper({
  type: 'trigger_it',
  category: 'automation',
  title: 'Trigger It',
  summary: 'Starts one CRM automation, campaign sequence or workflow for the contact.',
  rules: [
    'The automation is started once; a refusal by the CRM fails the run.',
    'A repeated delivery does not start it again; where nobody knows whether it was started, the run fails with `effect_in_doubt`.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: [],
  effects: { triggerAutomation: { inDoubt: 'ask' } },
  config: z.object({
    automation_id: automationId('Id of the automation; passed on unchanged'),
  }),

  async run({ config, crm }) {
    await crm.triggerAutomation(config.automation_id);
    return {
      success: true,
      actions: [{ type: 'automation_triggered', target: crm.contactId, value: config.automation_id }],
    };
  },
});
