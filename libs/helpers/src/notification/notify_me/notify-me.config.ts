import { z } from 'zod';
import { choice, requireOption, secret, text, textList } from '../../_kit/config/options.js';
import { NOTIFICATION_CHANNELS } from '../../_kit/outside-ports.js';

export const notifyMeConfig = z
  .object({
    channel: choice(NOTIFICATION_CHANNELS, 'Way of delivery', 'email'),
    message: text('Text, may hold tokens'),
    subject: text('Title, may hold tokens').optional(),
    recipient: text(
      "Address (the account owner's when left out), Slack channel or incoming webhook, or https URL",
    ).optional(),
    include_fields: textList('Further fields to send along', 0).default([]),
    slack_webhook: secret('slack: URL of an incoming webhook, instead of a recipient').optional(),
    webhook_secret: secret('webhook: signs what is sent').optional(),
  })
  .superRefine(({ channel, recipient, slack_webhook: webhook }, context) => {
    if (channel === 'slack' && webhook !== undefined) return;
    if (recipient === undefined && channel !== 'email') requireOption(context, 'recipient', `for ${channel}`);
  });

export type NotifyMeConfig = z.output<typeof notifyMeConfig>;
