import { z } from 'zod';
import { text } from '../../_kit/config/options.js';
import { contactTokens } from '../../_kit/crm/contact-tokens.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { mergeTokens, tokenNames } from '../../_kit/text/merge-tokens.js';

export const noteIt = defineHelper({
  type: 'note_it',
  category: 'contact',
  title: 'Note It',
  summary: "Adds a note, with values of the contact in its text, to the contact's record.",
  rules: [
    'Subject and body may hold `{{field}}`: `contact_id`, `full_name`, any standard field, and custom fields by key or label. A custom field hides a standard one of the same name.',
    'Tokens are replaced in one pass; an empty field becomes the empty text, an unknown token stays.',
    'A repeated delivery never adds a second note: after an interrupted attempt the CRM is asked whether the note is there. Where it cannot be asked the run fails with `effect_in_doubt`.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: [],
  effects: { createNote: { inDoubt: 'ask' } },
  config: z.object({
    subject: text('Title, may hold tokens'),
    body: text('Text, may hold tokens'),
    note_type: text('Kind of note: general, call, email, fax, letter or other').default('general'),
    user_id: text("CRM user in whose name the note is written; the connection's own when left out").optional(),
  }),

  async run({ config, crm, remember }) {
    // Remembered: a second delivery looks for exactly this note, also when the contact has changed since.
    const { subject, body } = await remember('note', async () => {
      const lookup = await contactTokens(crm, tokenNames(`${config.subject}\n${config.body}`));
      return {
        subject: mergeTokens(config.subject, lookup, { unknown: 'keep' }),
        body: mergeTokens(config.body, lookup, { unknown: 'keep' }),
      };
    });
    const { note_type: type, user_id: user } = config;
    const { id } = await crm.createNote({
      title: subject,
      body,
      type,
      ...(user === undefined ? {} : { user_id: user }),
    });
    return {
      success: true,
      modifiedData: { subject, body, note_type: type, contact_id: crm.contactId, note_id: id },
      actions: [{ type: 'note_created', target: crm.contactId, value: id }],
    };
  },
});
