import { z } from 'zod';
import { flag } from '../../_kit/config/options.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { changeConsent, reasonOption, withTextualReason } from '../marketing-consent.js';

export const simpleOptIn = defineHelper({
  type: 'simple_opt_in',
  category: 'automation',
  title: 'Simple Opt-In',
  summary: "Sets the contact's e-mail marketing status.",
  rules: [
    "The CRM's refusal fails the run, also where its API lets nobody opt a contact in.",
    'The output keeps what was changed, when, why and by which helper, as proof of consent.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: [],
  effects: { setOptInStatus: { inDoubt: 'repeat' } },
  reshape: withTextualReason,
  config: z.object({
    opt_in: flag('On: opt in. Off: opt out').default(true),
    ...reasonOption,
  }),

  async run(context) {
    const { opt_in: optIn, reason } = context.config;
    const modifiedData = await changeConsent(context, optIn, reason);
    const value = optIn ? 'opted in' : 'opted out';
    return {
      success: true,
      modifiedData,
      actions: [{ type: 'opt_in_status_changed', target: context.crm.contactId, value }],
    };
  },
});
