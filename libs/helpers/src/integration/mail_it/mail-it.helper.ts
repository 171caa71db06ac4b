import { z } from 'zod';
import { choice, fieldName, text } from '../../_kit/config/options.js';
import { contactText } from '../../_kit/crm/contact-value.js';
import { mergeContact } from '../../_kit/crm/merge-contact.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { HelperFailure } from '../../_kit/helper-failure.js';
import type { MailMessage } from '../../_kit/outside-ports.js';
import { readEmailAddress } from '../../_kit/text/email-address.js';
import { bracedTokens } from './braced-tokens.js';

/** @throws HelperFailure `invalid_sender` */
function checkAddresses(addresses: readonly string[]): void {
  const wrong = addresses.find((address) => readEmailAddress(address) === null);
  if (wrong === undefined) return;
  throw new HelperFailure(
    'invalid_sender',
    'give_up',
    `"${wrong}" is no e-mail address: correct sender or reply address.`,
  );
}

export const mailIt = defineHelper({
  type: 'mail_it',
  category: 'integration',
  title: 'Mail It',
  summary: 'Sends the contact an e-mail made of templates and values of the contact.',
  rules: [
    'Subject and body may hold `{{Field}}` or `~Contact.Field~`, by key or label, in both spellings of standard fields. Tokens are replaced in one pass; an unknown one becomes empty.',
    'In an HTML body values of the contact are escaped; no value can add a header.',
    "The sender's domain must belong to the account: where the installation checks it, the domain names the account in a DNS record. Otherwise the run fails with `sender_not_verified` and says which record is missing.",
    'Every message offers a way to unsubscribe by mail to the reply address, else the sender.',
    'An execution sends one message. When an attempt was interrupted and nobody knows whether it was sent, the run fails with `effect_in_doubt`.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: [],
  effects: { sendMail: { inDoubt: 'ask' } },
  config: z.object({
    to_field: fieldName('Field with the recipient').default('Email'),
    subject_template: text('Subject, may hold tokens'),
    body_template: text('Text of the message, may hold tokens'),
    from_name: text("Sender's name"),
    from_email: text("Sender's address"),
    reply_to: text('Address for answers').optional(),
    content_type: choice(['text/plain', 'text/html'], 'Kind of body').default('text/html'),
  }),

  async run({ config, crm, mail, effect, remember, identity }) {
    const { from_name: name, content_type: contentType } = config;
    const email = config.from_email.trim();
    const replyTo = config.reply_to?.trim();
    checkAddresses([email, ...(replyTo === undefined ? [] : [replyTo])]);
    // Remembered: a second delivery speaks of the message that was sent, also when the contact has changed since.
    const { to, subject, body } = await remember('message', async () => {
      const context = contentType === 'text/html' ? 'html' : 'text';
      return {
        to: await contactText(crm, config.to_field),
        subject: await mergeContact(crm, bracedTokens(config.subject_template), { context: 'header' }),
        body: await mergeContact(crm, bracedTokens(config.body_template), { context }),
      };
    });
    if (to === '') {
      throw new HelperFailure('missing_recipient', 'give_up', `The contact has no address in ${config.to_field}.`);
    }
    if (readEmailAddress(to) === null) {
      throw new HelperFailure('invalid_recipient', 'give_up', `The text in ${config.to_field} is no e-mail address.`);
    }
    const message: MailMessage = {
      to,
      subject,
      body,
      contentType,
      from: { name, email },
      unsubscribeTo: replyTo ?? email,
      ...(replyTo === undefined ? {} : { replyTo }),
    };
    const summary = `Send mail to ${to}`;
    const { messageId } = await effect({ step: 'send', operation: 'sendMail', target: to, summary }, (key) =>
      mail.send(message, key),
    );
    return {
      success: true,
      modifiedData: {
        to,
        subject,
        body,
        from_name: name,
        from_email: email,
        content_type: contentType,
        ...(replyTo === undefined ? {} : { reply_to: replyTo }),
        contact_id: crm.contactId,
        account_id: identity.accountId,
        helper_id: identity.helperId,
        message_id: messageId,
      },
      actions: [{ type: 'email_sent', target: to, value: messageId }],
    };
  },
});
