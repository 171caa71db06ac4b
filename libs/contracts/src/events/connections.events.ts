import { z } from 'zod';
import { defineEvent } from '../define-event.js';

export const CONNECTION_STATUSES = ['active', 'error', 'disconnected'] as const;
export type ConnectionStatus = (typeof CONNECTION_STATUSES)[number];

/** Why a connection is in `error`. */
export const CONNECTION_STATUS_REASONS = ['expired', 'auth_invalid', 'scope_missing', 'test_failed'] as const;
export type ConnectionStatusReason = (typeof CONNECTION_STATUS_REASONS)[number];

/** What every connection event says; credentials are never in it, only their version. */
const ConnectionFact = z.object({
  connection_id: z.string(),
  platform_id: z.string(),
  name: z.string(),
  status: z.enum(CONNECTION_STATUSES),
  status_reason: z.enum(CONNECTION_STATUS_REASONS).optional(),
  credentials_version: z.number().int().min(1),
});

const connection = <Data extends z.ZodType>(fact: string, summary: string, data: Data) =>
  defineEvent({ domain: 'connections', entity: 'connection', fact, summary, data });

export const connectionsEvents = {
  connectionCreated: connection('created', 'An account connected a platform.', ConnectionFact),
  connectionUpdated: connection(
    'updated',
    'A connection was renamed, got other credentials or had them refreshed.',
    ConnectionFact.extend({ changed: z.array(z.enum(['name', 'credentials', 'status'])) }),
  ),
  connectionTested: connection(
    'tested',
    'A connection was tried against its vendor.',
    ConnectionFact.extend({ outcome: z.enum(['success', 'failure']), tested_at: z.iso.datetime() }),
  ),
  connectionExpired: connection(
    'expired',
    'The vendor no longer accepts the credentials of a connection; it waits for a reconnect.',
    ConnectionFact,
  ),
  connectionDeleted: connection(
    'deleted',
    'A connection was deleted and its credentials revoked.',
    z.object({ connection_id: z.string(), platform_id: z.string(), deleted_at: z.iso.datetime() }),
  ),
} as const;
