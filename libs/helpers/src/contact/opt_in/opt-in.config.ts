import { z } from 'zod';
import { fieldName, flag, text } from '../../_kit/config/options.js';

/** Stands for the address of the confirmation page in the message. */
export const LINK_TOKEN = 'confirmation_link';

const MESSAGE = [
  'Hello {{first_name}},',
  '',
  `please confirm that you want to receive our e-mails: {{${LINK_TOKEN}}}`,
  '',
  'If you did not ask for this, ignore this message and nothing happens.',
].join('\n');

export const optInConfig = z.object({
  email_field: fieldName('Field with the address').default('email'),
  reason: text('Consent text: what the contact agreed to, and where').default(''),
  double_opt_in: flag('Ask by e-mail first, and opt in when the contact confirms').default(false),
  confirmation_tag: text('Tag while a confirmation is awaited').optional(),
  confirmed_tag: text('Tag of contacts who are opted in').optional(),
  confirmation_subject: text('Subject of the message that asks, may hold tokens').default(
    'Please confirm your e-mail address',
  ),
  confirmation_message: text(
    `Text of the message that asks, may hold tokens; \`{{${LINK_TOKEN}}}\` is the link, put below when left out`,
  ).default(MESSAGE),
});
export type OptInConfig = z.output<typeof optInConfig>;
