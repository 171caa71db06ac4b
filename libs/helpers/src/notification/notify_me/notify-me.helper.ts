import { contactTokens } from '../../_kit/crm/contact-tokens.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { HelperFailure } from '../../_kit/helper-failure.js';
import type { Notification } from '../../_kit/outside-ports.js';
import type { RunContext } from '../../_kit/run-context.js';
import { readEmailAddress } from '../../_kit/text/email-address.js';
import type { EscapeContext } from '../../_kit/text/escapes.js';
import { mergeTokens, tokenNames, type TokenLookup } from '../../_kit/text/merge-tokens.js';
import { contactFacts } from './contact-facts.js';
import { notifyMeConfig, type NotifyMeConfig } from './notify-me.config.js';

/** Of one account; more is a runaway campaign. */
const MOST_A_DAY = 1_000;
const DAY_SECONDS = 24 * 60 * 60;

type Context = RunContext<NotifyMeConfig>;

interface Texts {
  subject: string;
  message: string;
}

function merged({ config }: Context, lookup: TokenLookup, context: EscapeContext): Texts {
  const { subject = '', message } = config;
  return {
    subject: mergeTokens(subject, lookup, { context, unknown: 'keep' }),
    message: mergeTokens(message, lookup, { context, unknown: 'keep' }),
  };
}

/** The texts for people, those for the channel, and the facts. */
async function prepare(context: Context): Promise<{ facts: Record<string, string>; plain: Texts; sent: Texts }> {
  const { config, crm } = context;
  const facts = await contactFacts(crm, config.include_fields);
  const others = await contactTokens(crm, tokenNames(`${config.subject ?? ''}\n${config.message}`));
  const lookup: TokenLookup = (name) => (config.include_fields.includes(name) ? facts[name] : others(name));
  return {
    facts,
    plain: merged(context, lookup, 'text'),
    sent: merged(context, lookup, config.channel === 'slack' ? 'slack' : 'text'),
  };
}

const isHttps = (url: string): boolean => /^https:/i.test(url) && URL.canParse(url);

/** @throws HelperFailure `invalid_recipient`, `blocked_url` */
function checkRecipient({ channel }: NotifyMeConfig, recipient: string | undefined): void {
  if (recipient === undefined) return;
  if (channel === 'email' && readEmailAddress(recipient) === null) {
    throw new HelperFailure('invalid_recipient', 'give_up', 'The recipient is no e-mail address.');
  }
  if (channel === 'webhook' && !isHttps(recipient)) {
    throw new HelperFailure('blocked_url', 'give_up', 'A webhook must have an https URL.');
  }
}

async function checkLimit({ counters, effect, identity }: Context): Promise<void> {
  const key = `notify_me:${identity.accountId}:per_day`;
  const { allowed } = await effect(
    { step: 'count', operation: 'count', target: key, summary: 'Count this notification' },
    () => counters.countInWindow(key, MOST_A_DAY, DAY_SECONDS),
  );
  if (allowed) return;
  const message = `The account has sent ${MOST_A_DAY} notifications within a day.`;
  throw new HelperFailure('notification_limit_reached', 'give_up', message);
}

export const notifyMe = defineHelper({
  type: 'notify_me',
  category: 'notification',
  title: 'Notify Me',
  summary: 'Sends a message about the contact by e-mail, Slack or webhook.',
  rules: [
    'Subject and message may hold `{{field}}`: standard fields in both spellings, and custom fields by key or label. Tokens are replaced in one pass; an empty field becomes the empty text, an unknown token stays.',
    "email: to the recipient, else to the account's owner. slack: to a channel by the Slack connection, or to an incoming webhook. webhook: JSON to an https address that is public, with an Idempotency-Key and, with `webhook_secret`, a signature.",
    'A field of `include_fields` that cannot be read fails the run.',
    'An execution notifies once; an account at most 1,000 times a day. When an attempt was interrupted and nobody knows whether the message went out, the run fails with `effect_in_doubt`.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: ['slack'],
  effects: { notify: { inDoubt: 'ask' }, count: 'repeatable' },
  config: notifyMeConfig,

  async run(context) {
    const { config, notifications, effect, remember } = context;
    const { channel, webhook_secret: signingSecret } = config;
    const recipient = (channel === 'slack' ? (config.slack_webhook ?? config.recipient) : config.recipient)?.trim();
    checkRecipient(config, recipient);
    // Remembered: a second delivery speaks of the message that went out, also when the contact has changed since.
    const { facts, plain, sent } = await remember('texts', () => prepare(context));
    await checkLimit(context);
    const notification: Notification = {
      channel,
      ...sent,
      contact: facts,
      ...(recipient === undefined ? {} : { recipient }),
      ...(signingSecret === undefined ? {} : { secret: signingSecret }),
    };
    const delivered = await effect(
      { step: 'deliver', operation: 'notify', target: channel, summary: `Notify by ${channel}` },
      (key) => notifications.deliver(notification, key),
    );
    // The path of an incoming webhook is its credential: only the place is told back.
    const isCredential = channel === 'slack' && recipient !== undefined && isHttps(recipient);
    return {
      success: true,
      modifiedData: {
        channel,
        ...plain,
        recipient: isCredential ? delivered.recipient : (recipient ?? delivered.recipient),
        contact: facts,
        ...(delivered.reference === undefined ? {} : { reference: delivered.reference }),
      },
      actions: [{ type: 'notification_sent', target: channel, value: delivered.recipient }],
    };
  },
});
