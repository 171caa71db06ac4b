import { z } from 'zod';
import { defineHelper } from '../../_kit/define-helper.js';
import { assignOwner, firstOwner, ownerOption, requireOwners } from '../owner.js';

/** A spelling of the standard field that every connection translates. */
const OWNER = 'OwnerID';

export const ownIt = defineHelper({
  type: 'own_it',
  category: 'contact',
  title: 'Own It',
  summary: "Makes a user of the CRM the contact's owner.",
  rules: [
    'The owner is given by the id of the user, as text or number; of a list the first one counts.',
    'A contact whose owner is the right one already is left alone.',
    'Where contacts have no owner the run fails.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: [],
  effects: { setContactFieldValue: 'repeatable' },
  reshape: firstOwner,
  config: z.object({ owner_id: ownerOption() }),

  async run({ config, crm }) {
    await requireOwners(crm);
    return assignOwner(crm, OWNER, config.owner_id);
  },
});
