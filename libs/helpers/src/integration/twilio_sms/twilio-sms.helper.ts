import { z } from 'zod';
import { fieldName, flag, requireOption, secret, text } from '../../_kit/config/options.js';
import { contactText } from '../../_kit/crm/contact-value.js';
import { mergeContact } from '../../_kit/crm/merge-contact.js';
import { resolveTags } from '../../_kit/crm/resolve-tags.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { HelperFailure } from '../../_kit/helper-failure.js';
import type { HelperResult } from '../../_kit/helper-result.js';
import type { RunContext } from '../../_kit/run-context.js';
import { toRunFailure } from '../../_kit/run-failure.js';
import { messagesUrl, sendText, type TwilioAccount } from '../../_services/twilio/twilio-client.js';
import { internationalNumber, isCountry } from './phone-number.js';

const LONGEST_TEXT = 1600;

const twilioSmsConfig = z
  .object({
    use_connection: flag("Uses the helper's Twilio connection instead of the two credentials").default(false),
    account_sid: text('Twilio account; not needed with a Twilio connection').optional(),
    auth_token: secret('Auth token of the account; not needed with a Twilio connection').optional(),
    from_number: text('Sender: a number of the account, a sender id or a messaging service'),
    to_field: fieldName('Field with the number of the recipient').default('Phone1'),
    message_template: text('Text, may hold tokens'),
    default_country: z
      .string()
      .trim()
      .toUpperCase()
      .refine(isCountry, { error: 'Must be a country code such as US or DE' })
      .default('US')
      .meta({ description: 'Country of numbers that are written without country code' }),
    unsubscribed_tag: text('Tag for contacts that answered STOP; id or name').optional(),
  })
  .superRefine((config, context) => {
    if (config.use_connection) return;
    for (const option of ['account_sid', 'auth_token'] as const) {
      if (config[option] === undefined) requireOption(context, option, 'unless a Twilio connection is chosen');
    }
  });

type Context = RunContext<z.output<typeof twilioSmsConfig>>;

async function accountOf({ config, services }: Context): Promise<TwilioAccount> {
  const { account_sid: sid = '', auth_token: token = '', use_connection: connected } = config;
  if (!connected) return { accountSid: sid, user: sid, password: token };
  const { accountId, apiKey = '', apiSecret = '' } = await services.connection('twilio');
  return { accountSid: accountId ?? apiKey, user: apiKey, password: apiSecret };
}

async function messageOf({ config, crm }: Context): Promise<{ to: string; body: string }> {
  const given = await contactText(crm, config.to_field);
  if (given === '') {
    throw new HelperFailure('missing_recipient', 'give_up', `The contact has no number in ${config.to_field}.`);
  }
  const to = await internationalNumber(given, config.default_country);
  if (to === null) {
    throw new HelperFailure('invalid_recipient', 'give_up', `The text in ${config.to_field} is no phone number.`);
  }
  const body = await mergeContact(crm, config.message_template);
  if (body.trim() === '') throw new HelperFailure('empty_message', 'give_up', 'The message is empty for this contact.');
  if ([...body].length > LONGEST_TEXT) {
    throw new HelperFailure('message_too_long', 'give_up', `A message has at most ${LONGEST_TEXT} characters.`);
  }
  return { to, body };
}

/** The number must not get messages any more: the contact is marked, and the run fails for good. */
async function markUnsubscribed({ config, crm }: Context, error: HelperFailure): Promise<HelperResult> {
  const actions = [];
  for (const { given, tag } of await resolveTags(crm, [config.unsubscribed_tag ?? ''], { createMissing: true })) {
    await crm.applyTag(tag);
    actions.push({ type: 'tag_applied', target: crm.contactId, value: given });
  }
  return { success: false, actions, failure: toRunFailure(error) };
}

export const twilioSms = defineHelper({
  type: 'twilio_sms',
  category: 'integration',
  title: 'Twilio SMS',
  summary: "Sends the contact a text message through the account's own Twilio account.",
  rules: [
    'The text may hold `{{Field}}`, by key or label, in both spellings of standard fields. Tokens are replaced in one pass; an unknown one becomes empty. At most 1600 characters.',
    'The number of the recipient is brought into international form; without a country code it is read as one of `default_country`.',
    'A recipient who answered STOP gets no message: the run fails for good with `recipient_unsubscribed`, and the contact gets `unsubscribed_tag`.',
    'An execution sends one message. When an attempt was interrupted and nobody knows whether it was sent, the run fails with `effect_in_doubt`.',
    'Credentials come from the Twilio connection when one is chosen, else from the configuration; they never appear in results.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: ['twilio'],
  effects: { http: { inDoubt: 'ask' }, applyTag: 'repeatable', createTag: 'repeatable' },
  reshape: (config, services) => (services.includes('twilio') ? { ...config, use_connection: true } : config),
  config: twilioSmsConfig,

  async run(context) {
    const { config, http, crypto, effect, remember } = context;
    const { to, body } = await remember('message', () => messageOf(context));
    const account = await accountOf(context);
    const { from_number: from } = config;
    const target = messagesUrl(account.accountSid);
    try {
      const { sid, status } = await effect(
        { step: 'send', operation: 'http', target, summary: `Send a text message to ${to}` },
        () => sendText({ http, crypto }, account, { from, to, body }),
      );
      return {
        success: true,
        modifiedData: { from_number: from, to_number: to, message: body, message_sid: sid, status },
        actions: [{ type: 'sms_sent', target: to, value: sid }],
      };
    } catch (error) {
      const unsubscribed = error instanceof HelperFailure && error.code === 'recipient_unsubscribed';
      if (!unsubscribed || config.unsubscribed_tag === undefined) throw error;
      return markUnsubscribed(context, error);
    }
  },
});
