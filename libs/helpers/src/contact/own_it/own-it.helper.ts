import { z } from 'zod';
import { defineHelper } from '../../_kit/define-helper.js';
import { assignOwner, firstOwner, ownerOptions, requireOwner, requireOwners } from '../owner.js';

/** A spelling of the standard field that every connection translates. */
const OWNER = 'OwnerID';

export const ownIt = defineHelper({
  type: 'own_it',
  category: 'contact',
  title: 'Own It',
  summary: "Makes a user of the CRM the contact's owner.",
  rules: [
    'The owner is given by the id of the user, as text or number; of a list the first one counts.',
    'With `round_robin` the owners of the list take turns; the turn is kept with the helper and counted once for each execution.',
    'A contact whose owner is the right one already is left alone.',
    'Where contacts have no owner the run fails.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: [],
  effects: { setContactFieldValue: 'repeatable', keepState: 'repeatable' },
  reshape: firstOwner,
  config: z.object(ownerOptions).superRefine(requireOwner),

  async run(context) {
    await requireOwners(context.crm);
    return assignOwner(context, OWNER);
  },
});
