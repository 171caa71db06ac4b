import { z } from 'zod';
import { choice, requireOption, secret, text, textList } from '../../_kit/config/options.js';
import { NOTIFICATION_CHANNELS } from '../../_kit/outside-ports.js';
import { readEmailAddress } from '../../_kit/text/email-address.js';

export const isHttps = (url: string): boolean => /^https:/i.test(url) && URL.canParse(url);

export const notifyMeConfig = z
  .object({
    channel: choice(NOTIFICATION_CHANNELS, 'Way of delivery', 'email'),
    message: text('Text, may hold tokens'),
    subject: text('Title, may hold tokens').optional(),
    recipient: text(
      "Address (the account owner's when left out), Slack channel or incoming webhook, or https URL",
    ).optional(),
    include_fields: textList('Further fields to send along', 0).default([]),
    webhook_secret: secret('webhook: signs what is sent').optional(),
  })
  .superRefine(({ channel, recipient }, context) => {
    const refuse = (message: string): void => context.addIssue({ code: 'custom', path: ['recipient'], message });
    if (recipient === undefined) {
      if (channel !== 'email') requireOption(context, 'recipient', `for ${channel}`);
    } else if (channel === 'email' && readEmailAddress(recipient.trim()) === null) refuse('Must be an e-mail address');
    else if (channel === 'webhook' && !isHttps(recipient.trim())) refuse('Must be an https URL');
  });

export type NotifyMeConfig = z.output<typeof notifyMeConfig>;
