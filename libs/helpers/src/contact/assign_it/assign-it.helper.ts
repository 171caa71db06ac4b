import { z } from 'zod';
import { fieldName } from '../../_kit/config/options.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { assignOwner, firstOwner, ownerOption, requireOwners } from '../owner.js';

const OWNER = 'owner_id';

export const assignIt = defineHelper({
  type: 'assign_it',
  category: 'contact',
  title: 'Assign It',
  summary: "Makes a user of the CRM the contact's owner, or writes the user's id to a field.",
  rules: [
    'Without a field of its own the owner of the contact is set; where contacts have no owner the run fails.',
    'With `owner_field` only that field is written.',
    'A contact whose owner is the right one already is left alone.',
    'Of a list of owners the first one counts.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: [],
  effects: { setContactFieldValue: 'repeatable' },
  reshape: firstOwner,
  config: z.object({
    owner_id: ownerOption(),
    owner_field: fieldName('Field that holds the owner').default(OWNER),
  }),

  async run({ config, crm }) {
    const { owner_id: owner, owner_field: field } = config;
    if (field === OWNER) await requireOwners(crm);
    return assignOwner(crm, field, owner);
  },
});
