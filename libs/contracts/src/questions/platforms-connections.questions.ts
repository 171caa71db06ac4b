import { z } from 'zod';
import { CONNECTION_STATUSES, CONNECTION_STATUS_REASONS } from '../events/connections.events.js';
import { INBOUND_VENDORS } from '../events/inbound.events.js';
import { TRIGGER_EVENTS, TriggerFilter } from '../events/triggers.events.js';
import { defineQuestion } from '../define-question.js';

const service = 'platforms-connections';

/** Which connection of which account; the account id is the asker's verified one. */
const ConnectionRef = z.object({ account_id: z.string(), connection_id: z.string() });

/** Requests a vendor allows in each window; 0 means that the window has no limit. */
export const RateLimits = z.object({
  requests_per_second: z.number().int().min(0),
  requests_per_minute: z.number().int().min(0),
  requests_per_hour: z.number().int().min(0),
  burst_limit: z.number().int().min(0),
});
export type RateLimits = z.infer<typeof RateLimits>;

/** What a connector signs its calls with: the text that `sealed` opens to, as JSON. Refresh tokens are never in it. */
export const ConnectorSecrets = z.object({
  access_token: z.string().optional(),
  api_key: z.string().optional(),
  api_secret: z.string().optional(),
  /** The vendor's own account or location id, where its calls name one. */
  account_id: z.string().optional(),
});
export type ConnectorSecrets = z.infer<typeof ConnectorSecrets>;

/** Everything a caller needs to build a connector, with the secret part still sealed. */
export const ConnectionCredentials = z.object({
  connection_id: z.string(),
  /** Slug of the platform. */
  platform: z.string(),
  status: z.enum(CONNECTION_STATUSES),
  status_reason: z.enum(CONNECTION_STATUS_REASONS).optional(),
  auth_type: z.enum(['oauth2', 'api_key', 'bearer']),
  base_url: z.string().optional(),
  /** Sealed JSON of `ConnectorSecrets`; the account id is the associated data. */
  sealed: z.string(),
  /** Rises with every change of the credentials; name it when asking for a refresh or reporting a refusal. */
  version: z.number().int().min(1),
  expires_at: z.iso.datetime().optional(),
  /** From here on a refresh `ahead` is worth asking for; absent where nothing can be refreshed. */
  refresh_after: z.iso.datetime().optional(),
  /** Key of the request budget that every process calling with these credentials shares. */
  rate_scope: z.string(),
  limits: RateLimits,
});
export type ConnectionCredentials = z.infer<typeof ConnectionCredentials>;

export const platformsConnectionsQuestions = {
  credentials: defineQuestion({
    service,
    name: 'credentials',
    summary: 'The sealed credentials of a connection and how to call its platform; 404 when there is none.',
    request: ConnectionRef,
    answer: ConnectionCredentials,
  }),
  refreshCredentials: defineQuestion({
    service,
    name: 'refresh-credentials',
    summary:
      'Newer credentials than the stale version: all askers share one call to the vendor. ' +
      '400 connections.credentials_rejected when the connection must be reconnected.',
    request: ConnectionRef.extend({
      stale_version: z.number().int().min(1),
      /** `rejected`: the vendor refused these; `ahead`: only if four fifths of their lifetime have passed. */
      reason: z.enum(['rejected', 'ahead']).default('rejected'),
    }),
    answer: ConnectionCredentials,
  }),
  describeConnection: defineQuestion({
    service,
    name: 'describe-connection',
    summary: 'Name, platform and status of a connection; 404 when there is none.',
    request: ConnectionRef,
    answer: z.object({
      connection_id: z.string(),
      platform: z.string(),
      name: z.string(),
      status: z.enum(CONNECTION_STATUSES),
      status_reason: z.enum(CONNECTION_STATUS_REASONS).optional(),
      capabilities: z.array(z.string()),
    }),
  }),
  reportCredentialsInvalid: defineQuestion({
    service,
    name: 'report-credentials-invalid',
    summary:
      'A vendor refused these credentials for good: the connection waits for a reconnect. Older versions change nothing.',
    request: ConnectionRef.extend({
      version: z.number().int().min(1),
      reason: z.enum(['auth_invalid', 'scope_missing']),
    }),
    answer: z.object({ status: z.enum(CONNECTION_STATUSES), changed: z.boolean() }),
  }),
  countConnections: defineQuestion({
    service,
    name: 'count-connections',
    summary: 'How many connections an account has.',
    request: z.object({ account_id: z.string() }),
    answer: z.object({ count: z.number().int().min(0) }),
  }),
  webhookEndpoint: defineQuestion({
    service,
    name: 'webhook-endpoint',
    summary: 'Whose secret webhook address this is, by the hash of the secret; 404 when nobody has it.',
    request: z.object({ vendor: z.enum(INBOUND_VENDORS), secret_hash: z.string() }),
    answer: ConnectionRef,
  }),
  triggerStates: defineQuestion({
    service,
    name: 'trigger-states',
    summary: 'Whether the vendors tell of what these triggers wait for; triggers that are not known yet are pending.',
    request: z.object({ account_id: z.string(), trigger_ids: z.array(z.string()) }),
    answer: z.object({
      states: z.array(
        z.object({
          trigger_id: z.string(),
          state: z.enum(['pending', 'active', 'failed']),
          reason: z.string().optional(),
        }),
      ),
    }),
  }),
  prepareTrigger: defineQuestion({
    service,
    name: 'prepare-trigger',
    summary:
      'Whether the vendor of a connection tells of such changes, and by which words it names the tag or field; ' +
      '422 triggers.unsupported or triggers.invalid_filter says what to do instead.',
    request: ConnectionRef.extend({ event: z.enum(TRIGGER_EVENTS), filter: TriggerFilter }),
    answer: z.object({ platform: z.string(), tag: z.array(z.string()), field: z.array(z.string()) }),
  }),
} as const;
