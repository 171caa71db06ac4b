import { defineHelper } from '../../_kit/define-helper.js';
import { emailDateConfig, storeEmailDate } from '../email-date-helper.js';

export const lastSendIt = defineHelper({
  type: 'last_send_it',
  category: 'data',
  title: 'Last Send It',
  summary: 'Stores the date at which an e-mail was last sent to the contact.',
  rules: [
    'The date is that of the chosen address of the contact. Without an address or a date nothing is written.',
    'It is written as the CRM gives it, or in a pattern and time zone of your own.',
    'Where the CRM refuses its statistics, its contact field LastSentDate is read instead; when that says nothing either, the run fails.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: ['keap'],
  services: [],
  effects: { setContactFieldValue: 'repeatable' },
  aliases: { target_field: 'save_to' },
  config: emailDateConfig,

  run: (context) => storeEmailDate(context, 'LastSentDate'),
});
