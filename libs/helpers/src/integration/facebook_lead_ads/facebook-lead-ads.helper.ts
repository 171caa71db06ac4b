import { z } from 'zod';
import { requireOption, textList } from '../../_kit/config/options.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { HelperFailure } from '../../_kit/helper-failure.js';
import { PartialWrites } from '../../_kit/partial-writes.js';
import { fieldText } from '../../_kit/text/field-text.js';
import { fetchLead } from '../../_services/facebook/facebook-client.js';
import { applyTagOption, applyTagTo } from '../apply-tag.js';
import { externalId } from '../external-id.js';
import { findContact, knownOf, toContact } from './lead-contact.js';

/** How long Facebook keeps a lead. */
const REMEMBERED_SECONDS = 90 * 24 * 60 * 60;

export const facebookLeadAds = defineHelper({
  type: 'facebook_lead_ads',
  category: 'integration',
  title: 'Facebook Lead Ads',
  summary: 'Fetches a Facebook lead and makes a contact of it.',
  rules: [
    'The lead is the one of the request (`leadgen_id`), else that of the configuration. With a form or page configured, leads of others are skipped.',
    'A full name is split at its first blank; first and last name of the form win. Several answers to one question are joined by a comma.',
    'A contact with the same e-mail address, else the same phone number, is updated with what the lead says; without one a contact is created.',
    'A lead without an address whose phone number nobody has makes one contact, however often it arrives.',
    'A tag that is refused is a warning.',
  ],
  requiresCrm: true,
  requiresContact: false,
  platforms: [],
  services: ['facebook'],
  effects: {
    createContact: { inDoubt: 'ask' },
    updateContact: 'repeatable',
    applyTag: 'repeatable',
    count: 'repeatable',
  },
  reshape(config) {
    const pairs: unknown = config['field_mappings'];
    if (!Array.isArray(pairs) || config['field_mapping'] !== undefined) return config;
    const mapping = pairs.map((each: { fb_field?: unknown; crm_field?: unknown } | null) => [
      fieldText(each?.fb_field),
      fieldText(each?.crm_field),
    ]);
    return { ...config, field_mapping: Object.fromEntries(mapping.filter(([from]) => from !== '')) as unknown };
  },
  config: z
    .object({
      lead_id: externalId('Lead, when the request names none').optional(),
      form_id: externalId('Only leads of this form').optional(),
      page_id: externalId('Only leads of this page').optional(),
      apply_tag: applyTagOption,
      lead_tags: textList('Tags, by id or name, for the contact', 0).default([]),
      field_mapping: z
        .record(z.string(), z.string())
        .meta({
          description: 'Fields of the lead and the contact field of each, beside name, address, phone and company',
        })
        .default({}),
    })
    .superRefine((config, context) => {
      const routed = config.page_id !== undefined || config.form_id !== undefined;
      if (config.lead_id === undefined && !routed) requireOption(context, 'lead_id', 'without a page or form');
    }),

  async run(context) {
    const { config, input, crm, identity } = context;
    const skip = (reason: string) => ({ success: true, modifiedData: { processed: false, skip_reason: reason } });
    const leadId = fieldText(input['leadgen_id']).trim() || (config.lead_id ?? '');
    if (leadId === '') {
      throw new HelperFailure('missing_lead', 'give_up', 'The request names no lead: send leadgen_id.');
    }
    const pageId = fieldText(input['page_id']);
    if (config.page_id !== undefined && pageId !== '' && pageId !== config.page_id) return skip('other_page');
    const lead = await context.remember('lead', () => fetchLead(context, leadId));
    if (config.form_id !== undefined && lead.formId !== '' && lead.formId !== config.form_id) return skip('other_form');

    const contact = toContact(lead.fields, config.field_mapping);
    const existing = await context.remember('existing', () => findContact(crm, contact));
    if (contact.email === '' && existing === null) {
      const key = `facebook_lead:${identity.helperId}:${leadId}`;
      const { allowed } = await context.counters.countInWindow(key, 1, REMEMBERED_SECONDS, 'lead');
      if (!allowed) return skip('already_processed');
    }
    if (existing !== null) await crm.forContact(existing).updateContact(knownOf(contact));
    const contactId = existing ?? (await crm.createContact(contact)).id;

    const writes = new PartialWrites(context);
    const tagged = crm.forContact(contactId);
    for (const tag of [config.apply_tag, ...config.lead_tags]) await applyTagTo(tagged, writes, tag);
    return {
      success: true,
      modifiedData: {
        contact_id: contactId,
        lead_id: leadId,
        email: contact.email,
        first_name: contact.first_name,
        last_name: contact.last_name,
        lead_fields: lead.fields,
      },
      actions: [
        ...(existing === null ? [] : [{ type: 'contact_updated', target: existing, value: knownOf(contact) }]),
        ...writes.actions,
      ],
    };
  },
});
