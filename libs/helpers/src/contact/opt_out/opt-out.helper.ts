import { z } from 'zod';
import { choice, fieldName, text } from '../../_kit/config/options.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { PartialWrites } from '../../_kit/partial-writes.js';
import { readAddress } from '../marketing-address.js';

const CATEGORIES = [
  'user_request',
  'spam_complaint',
  'bounce',
  'content_irrelevant',
  'frequency_too_high',
  'other',
] as const;

export const optOut = defineHelper({
  type: 'opt_out',
  category: 'contact',
  title: 'Opt Out',
  summary: "Opts the contact's e-mail address out of marketing.",
  rules: [
    'The opt-out itself comes first and must succeed: when it fails the run fails, and nothing else is done.',
    'Then the reason is stored and the tag applied; either may fail with a warning.',
    'A contact without an address, or with one that cannot be an address, ends the run without success.',
    'CRMs keep the status for the main address of a contact: with another field the run warns when the addresses differ.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: [],
  effects: { setOptInStatus: 'repeatable', setContactFieldValue: 'repeatable', applyTag: 'repeatable' },
  config: z.object({
    email_field: fieldName('Field with the address').default('email'),
    reason: text('Why').default(''),
    reason_field: fieldName('Field to store the reason in').optional(),
    unsubscribe_tag: text('Tag to apply').optional(),
    category: choice(CATEGORIES, 'Kind of reason').optional(),
  }),

  async run(context) {
    const { config, crm } = context;
    const { reason, reason_field: reasonField, unsubscribe_tag: tag } = config;
    const address = await readAddress(context, config.email_field);
    if (!address.ok) return { success: false, failure: address.failure };
    await crm.setOptInStatus(false, reason);
    const writes = new PartialWrites(context);
    if (reasonField !== undefined && reason !== '') {
      const action = { type: 'field_updated', target: reasonField, value: reason };
      const write = () => crm.writeField(reasonField, reason);
      await writes.attempt(`Field ${reasonField} could not be written`, write, action);
    }
    if (tag !== undefined) {
      const action = { type: 'tag_applied', target: crm.contactId, value: tag };
      await writes.attempt(`Tag ${tag} could not be applied`, () => crm.applyTag(tag), action);
    }
    const { email } = address;
    return {
      success: true,
      modifiedData: { email, contact_id: crm.contactId, action: 'opt_out', reason, category: config.category ?? '' },
      actions: [{ type: 'opted_out', target: crm.contactId, value: email }, ...writes.actions],
    };
  },
});
