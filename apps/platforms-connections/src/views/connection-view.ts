import { z } from 'zod';
import { CONNECTION_STATUSES, CONNECTION_STATUS_REASONS } from '#contracts';
import { etagOf } from '#persistence';
import { answerWith } from '#service-defaults';
import type { Connection } from '../persistence/connection.collection.js';

/** A connection as clients read it; nothing secret is ever in it. */
export const ConnectionView = z
  .object({
    connection_id: z.string(),
    account_id: z.string(),
    user_id: z.string(),
    platform_id: z.string(),
    name: z.string(),
    status: z.enum(CONNECTION_STATUSES),
    status_reason: z.enum(CONNECTION_STATUS_REASONS).optional(),
    auth_type: z.enum(['oauth2', 'api_key', 'bearer']),
    auth_id: z.string(),
    credentials_metadata: z.record(z.string(), z.string()),
    external_user_id: z.string().optional(),
    external_user_email: z.string().optional(),
    external_app_id: z.string().optional(),
    external_app_name: z.string().optional(),
    last_connected: z.string().optional(),
    expires_at: z.string().optional(),
    last_synced_at: z.string().optional(),
    sync_status: z.string().optional(),
    sync_record_counts: z.record(z.string(), z.number()).optional(),
    created_at: z.string(),
    updated_at: z.string(),
  })
  .meta({ id: 'Connection' });
export type ConnectionView = z.infer<typeof ConnectionView>;

const text = (instant: Date | undefined): string | undefined => instant?.toISOString();

/** Fields the schema does not name (versions, storage keys) are stripped where the answer leaves. */
export const connectionView = (connection: Connection): z.input<typeof ConnectionView> => ({
  ...connection,
  connection_id: connection._id,
  last_connected: text(connection.last_connected),
  expires_at: text(connection.expires_at),
  last_synced_at: text(connection.last_synced_at),
  created_at: connection.created_at.toISOString(),
  updated_at: connection.updated_at.toISOString(),
});

/** With the version that a change may name. */
export const versionedConnection = (connection: Connection) =>
  answerWith(connectionView(connection), { headers: { etag: etagOf(connection.version) } });
