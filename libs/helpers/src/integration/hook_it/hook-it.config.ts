import { z } from 'zod';
import { choice, fieldName, flag, requireOption, secret, text, textList } from '../../_kit/config/options.js';
import { CONDITION_OPERATORS } from '../../_kit/text/condition.js';

export const TRANSFORMS = ['uppercase', 'lowercase', 'trim', 'hash_sha256'] as const;
export type Transform = (typeof TRANSFORMS)[number];

/** Headers that belong to the transport or carry the meaning of the request. */
const RESERVED_HEADERS: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'content-type',
  'expect',
  'host',
  'idempotency-key',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

const headerName = text('Header that carries the token, for api_key')
  .refine((name) => /^[\w!#$%&'*+.^`|~-]+$/.test(name) && !RESERVED_HEADERS.has(name.toLowerCase()), {
    error: 'Not the name of a header that can be set',
  })
  .default('X-API-Key');

const MOST_WEBHOOKS = 50;

const goalMapping = z.object({
  event: z.string().meta({ description: 'Event' }).optional(),
  goal_name: z.string().meta({ description: 'Goal it achieves' }).optional(),
});

const responseMapping = z.object({
  response_field: text('Dotted path into the answer'),
  crm_field: fieldName('Field to write'),
});

const payloadRule = z.object({
  condition_field: fieldName('Field to look at'),
  condition_op: z.enum(CONDITION_OPERATORS).meta({ description: 'Comparison; letter case counts' }),
  condition_value: z.string().meta({ description: 'Value to compare with' }).default(''),
  payload_data: z.record(z.string(), z.unknown()).meta({ description: 'Keys for the body' }).default({}),
});

const fieldTransform = z.object({
  field: fieldName('Field to read'),
  transform: z.enum(TRANSFORMS).meta({ description: 'What to do with its text' }),
  output: text('Key inside transformed_fields'),
});

const batchWebhook = z.object({
  url: z.string().meta({ description: 'Target; an entry without one is left out' }).optional(),
  method: choice(['GET', 'POST', 'PUT', 'PATCH'], 'Method').default('POST'),
});

export const hookItConfig = z
  .object({
    mode: text('basic, v2, v3, v4 or by_tag; anything else runs as basic').default('basic'),
    hook_action: text('Event, when the request names none, for instance contact.add').optional(),
    goal_prefix: text('Replaces the built-in part of the goal name').optional(),
    actions: z.array(goalMapping).meta({ description: 'Events and the goals they achieve' }).default([]),
    webhook_url: text('Target; may hold tokens such as {{email}} and {{input.order.id}}').optional(),
    webhook_method: choice(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'], 'Method').default('POST'),
    auth_type: choice(['none', 'bearer', 'basic', 'api_key', 'hmac'], 'How requests prove who sends them').default(
      'none',
    ),
    auth_token: secret('Bearer token or API key').optional(),
    auth_username: text('User for basic authentication').optional(),
    auth_password: secret('Password for basic authentication').optional(),
    auth_header_name: headerName,
    hmac_secret: secret('Key of the signature').optional(),
    retry_enabled: flag('Repeat failed deliveries (v2)').default(true),
    retry_max_attempts: z.number().meta({ description: 'Attempts in all, 1 to 10' }).default(3),
    parse_response: flag('Copy values of the answer to the contact (v2)').default(false),
    response_mappings: z.array(responseMapping).meta({ description: 'Which values' }).default([]),
    conditional_payload: flag('Choose the body by rules (v3)').default(false),
    payload_rules: z.array(payloadRule).meta({ description: 'The first that holds counts' }).default([]),
    field_transforms: z.array(fieldTransform).meta({ description: 'Changed values to send along (v3)' }).default([]),
    batch_webhooks: z
      .array(batchWebhook)
      .max(MOST_WEBHOOKS)
      .meta({ description: 'Targets that each get the same body (v4)' })
      .default([]),
    async_execution: flag('Accepted for older configurations: every delivery leaves a durable queue').default(false),
    rate_limit_enabled: flag('Limit the calls of this helper (v4)').default(false),
    rate_limit_rpm: z.int().min(1).max(1000).meta({ description: 'Calls a minute' }).default(60),
    tag_event: choice(['tag_applied', 'tag_removed', 'any'], 'Which change of a tag counts (by_tag)').optional(),
    tag_ids: textList('Tags that count; none: every tag', 0).default([]),
    tag_action_goal: text('Goal to achieve (by_tag)').optional(),
    tag_action_webhook: text('URL to call (by_tag)').optional(),
    triggered_tag_id: text('Tag of the event, when the request names none').optional(),
    triggered_event: text('Change of the tag, when the request names none').default('tag_applied'),
  })
  .superRefine((config, context) => {
    const { mode, webhook_url: url } = config;
    if ((mode === 'v2' || mode === 'v3') && url === undefined) requireOption(context, 'webhook_url', `for ${mode}`);
    if (mode === 'v4' && url === undefined && config.batch_webhooks.length === 0) {
      requireOption(context, 'webhook_url', 'for v4, or batch_webhooks');
    }
    if (mode !== 'by_tag') return;
    if (config.tag_event === undefined) requireOption(context, 'tag_event', 'for by_tag');
    if (config.tag_action_goal === undefined && config.tag_action_webhook === undefined) {
      requireOption(context, 'tag_action_goal', 'for by_tag, or tag_action_webhook');
    }
  });
export type HookItConfig = z.output<typeof hookItConfig>;
