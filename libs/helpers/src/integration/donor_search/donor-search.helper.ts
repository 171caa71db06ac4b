import { z } from 'zod';
import { fieldName } from '../../_kit/config/options.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { PartialWrites } from '../../_kit/partial-writes.js';
import { searchDonor } from '../../_services/donorlead/donorlead-client.js';
import { applyTagOption, applyTagTo } from '../apply-tag.js';

export const donorSearch = defineHelper({
  type: 'donor_search',
  category: 'integration',
  title: 'Donor Search',
  summary: 'Looks the contact up at DonorLead and stores rating and profile link.',
  rules: [
    'The search uses the name and, where there are any, e-mail address and phone number.',
    'Values that were found are written to their fields, the rating first. What is empty is not written.',
    'The tag is applied only when something was found.',
    'Nothing else of the answer is kept.',
    'A field or tag that is refused is a warning; the run fails when everything was refused.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: ['donorlead'],
  effects: { setContactFieldValue: 'repeatable', applyTag: 'repeatable' },
  config: z.object({
    ds_rating_field: fieldName('Contact field for the rating').optional(),
    ds_profile_link_field: fieldName('Contact field for the link to the profile').optional(),
    apply_tag: applyTagOption,
  }),

  async run(context) {
    const { config, crm } = context;
    const { first_name: first, last_name: last, email, phone = '' } = await crm.contact();
    const query = { first, last, ...(email === '' ? {} : { email }), ...(phone === '' ? {} : { phone }) };
    const { rating, profileLink, excerpt } = await context.remember('found', () => searchDonor(context, query));
    const writes = new PartialWrites(context);
    const write = async (field: string | undefined, value: string): Promise<void> => {
      if (field === undefined || value === '') return;
      await writes.attempt(`Field ${field} could not be written`, () => crm.writeField(field, value), {
        type: 'field_updated',
        target: field,
        value,
      });
    };
    await write(config.ds_rating_field, rating);
    await write(config.ds_profile_link_field, profileLink);
    const found = rating !== '' || profileLink !== '';
    if (found) await applyTagTo(crm, writes, config.apply_tag);
    return writes.result({
      contact_id: crm.contactId,
      ds_rating: rating,
      profile_link: profileLink,
      ...(found ? { raw_response: excerpt } : {}),
    });
  },
});
