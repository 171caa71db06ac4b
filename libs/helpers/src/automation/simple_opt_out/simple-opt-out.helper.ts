import { z } from 'zod';
import { defineHelper } from '../../_kit/define-helper.js';
import { changeConsent, reasonOption, withTextualReason } from '../marketing-consent.js';

export const simpleOptOut = defineHelper({
  type: 'simple_opt_out',
  category: 'automation',
  title: 'Simple Opt-Out',
  summary: "Takes the contact's e-mail marketing permission away.",
  rules: [
    "The CRM's refusal fails the run.",
    'The output keeps what was changed, when, why and by which helper, under the same kind as an opt-in.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: [],
  effects: { setOptInStatus: { inDoubt: 'repeat' } },
  reshape: withTextualReason,
  config: z.object(reasonOption),

  async run(context) {
    const modifiedData = await changeConsent(context, false, context.config.reason);
    return {
      success: true,
      modifiedData,
      actions: [{ type: 'opt_out', target: context.crm.contactId, value: 'opted_out' }],
    };
  },
});
