import { z } from 'zod';
import { flag, requireOption, secret, text } from '../../_kit/config/options.js';
import { mergeContact } from '../../_kit/crm/merge-contact.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { HelperFailure } from '../../_kit/helper-failure.js';
import { isHttpUrl } from '../../_kit/text/http-url.js';
import {
  postSlackMessage,
  postSlackWebhook,
  slackToken,
  type SlackMessage,
} from '../../_services/slack/slack-client.js';

/** A webhook's path is its credential. @throws HelperFailure `blocked_url` */
function masked(webhook: string): string {
  if (isHttpUrl(webhook)) return `${new URL(webhook).origin}/…`;
  throw new HelperFailure('blocked_url', 'give_up', 'The webhook must be an http or https URL.');
}

export const slackIt = defineHelper({
  type: 'slack_it',
  category: 'integration',
  title: 'Slack It',
  summary: 'Posts a message with values of the contact to Slack.',
  rules: [
    'The message may hold `{{Field}}` and `@Field`, by key or label, in both spellings of standard fields. Tokens are replaced in one pass; an unknown `{{Field}}` becomes empty, an unknown `@Field` stays, because `@here` is no field.',
    "In values of the contact `&`, `<` and `>` are written in Slack's way, so that no contact can mention a channel.",
    'An incoming webhook posts where it was made for; the webhooks of current Slack apps ignore channel, name and icon. With a Slack connection the bot posts to any channel it is in.',
    'A message is posted once per execution. When an attempt was interrupted and nobody knows whether it was posted, the run fails with `effect_in_doubt`.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: ['slack'],
  effects: { http: { inDoubt: 'ask' } },
  aliases: { webhook_url: 'webhook', webhookUrl: 'webhook', icon: 'icon_emoji' },
  reshape: (config, services) =>
    services.includes('slack') && config['webhook'] === undefined ? { ...config, use_connection: true } : config,
  config: z
    .object({
      webhook: secret('URL of an incoming webhook; not needed with a Slack connection').optional(),
      use_connection: flag("Posts as the bot of the helper's Slack connection").default(false),
      message: text('Text, may hold tokens'),
      channel: text('Channel to post to; needed with a Slack connection').optional(),
      username: text('Name that the message is posted under').optional(),
      icon_emoji: text('Icon of the message, such as :robot_face:').optional(),
    })
    .superRefine(({ webhook, use_connection: bot, channel }, context) => {
      if (bot) {
        if (channel === undefined) requireOption(context, 'channel', 'to post by a Slack connection');
      } else if (webhook === undefined) requireOption(context, 'webhook', 'unless a Slack connection is chosen');
    }),

  async run({ config, crm, http, services, effect, remember }) {
    const { webhook = '', channel, username, icon_emoji: icon } = config;
    const message = await remember('message', () =>
      mergeContact(crm, config.message, { spellings: ['double', 'at'], context: 'slack', unknown: 'keep_at' }),
    );
    const payload: SlackMessage = {
      text: message,
      ...(username === undefined ? {} : { username }),
      ...(channel === undefined ? {} : { channel }),
      ...(icon === undefined ? {} : { icon_emoji: icon }),
    };
    const target = config.use_connection ? (channel ?? '') : masked(webhook);
    const token = config.use_connection ? await slackToken(services) : '';
    await effect({ step: 'post', operation: 'http', target, summary: 'Post to Slack' }, async () => {
      if (config.use_connection) await postSlackMessage(http, token, { ...payload, channel: channel ?? '' });
      else await postSlackWebhook(http, webhook, payload);
      return true;
    });
    return {
      success: true,
      modifiedData: { message, channel: channel ?? '', username: username ?? '', payload, target },
      actions: [{ type: 'message_posted', target, value: message }],
    };
  },
});
