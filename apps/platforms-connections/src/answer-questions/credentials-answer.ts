import type { ConnectionCredentials } from '#contracts';
import type { PlatformManifest } from '#connectors';
import { refreshAfter } from '../domain/refresh-time.js';
import type { ConnectionAuth } from '../persistence/connection-auth.collection.js';
import type { Connection } from '../persistence/connection.collection.js';

/** What runners get to build a connector: the secret part stays sealed, the refresh token stays here. */
export function credentialsAnswer(
  { record }: PlatformManifest,
  connection: Connection,
  auth: ConnectionAuth,
): ConnectionCredentials {
  const worn = auth.sealed_refresh === undefined ? null : refreshAfter(auth.issued_at, auth.expires_at);
  return {
    connection_id: connection._id,
    platform: record.slug,
    status: connection.status,
    ...(connection.status_reason !== undefined && { status_reason: connection.status_reason }),
    auth_type: auth.auth_type,
    base_url: auth.base_url ?? record.api_config.base_url,
    sealed: auth.sealed,
    version: auth.credentials_version,
    ...(auth.expires_at !== undefined && { expires_at: auth.expires_at.toISOString() }),
    ...(worn !== null && { refresh_after: worn.toISOString() }),
    rate_scope: connection._id,
    limits: record.api_config.rate_limits,
  };
}
