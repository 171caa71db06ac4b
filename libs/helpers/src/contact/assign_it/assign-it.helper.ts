import { z } from 'zod';
import { fieldName } from '../../_kit/config/options.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { assignOwner, firstOwner, ownerOptions, requireOwner, requireOwners } from '../owner.js';

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
    'With mode `specific`, of a list of owners the first one counts.',
    'With `round_robin` the owners of the list take turns; the turn is kept with the helper and counted once for each execution.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: [],
  effects: { setContactFieldValue: 'repeatable', keepState: 'repeatable' },
  reshape: firstOwner,
  config: z
    .object({ ...ownerOptions, owner_field: fieldName('Field that holds the owner').default(OWNER) })
    .superRefine(requireOwner),

  async run(context) {
    const { owner_field: field } = context.config;
    if (field === OWNER) await requireOwners(context.crm);
    return assignOwner(context, field);
  },
});
