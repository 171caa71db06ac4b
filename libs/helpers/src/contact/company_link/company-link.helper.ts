import { z } from 'zod';
import { fieldName } from '../../_kit/config/options.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { fieldText } from '../../_kit/text/field-text.js';
import { oneAtATime } from './one-at-a-time.js';

export const companyLink = defineHelper({
  type: 'company_link',
  category: 'contact',
  title: 'Company Link',
  summary: 'Links the contact to the company that one of its fields names; the company is created when it is new.',
  rules: [
    'The name is trimmed, and blanks inside it become one. Companies are found in any letter case.',
    'The CRM keeps the link as the company of the contact; a company that does not exist is created. Of runs that name the same company at the same time one creates it and the others wait.',
    'An empty field does nothing; one that cannot be read fails the run.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: ['keap'],
  services: [],
  effects: { setContactFieldValue: 'repeatable', keepState: 'repeatable' },
  aliases: { field: 'company_field', to_field: 'company_field' },
  config: z.object({ company_field: fieldName('Field whose value is the name of the company') }),

  async run(context) {
    const { config, crm } = context;
    const company = fieldText(await crm.readField(config.company_field))
      .replace(/\s+/gu, ' ')
      .trim();
    if (company === '') return { success: true };
    await oneAtATime(context, company.toLowerCase(), () => crm.writeField('company', company));
    return {
      success: true,
      modifiedData: { company },
      actions: [{ type: 'company_linked', target: crm.contactId, value: company }],
    };
  },
});
