import { Schema } from 'mongoose';
import type { AuthType } from '#connectors';
import { defineCollection, type TenantEntity, erasedByAccount } from '#persistence';

/** Why the last refresh got no tokens: all who waited for it give the same answer, and so does who asks too early. */
export interface RefreshFailure {
  lease_id: string;
  status: number;
  code: string;
  message: string;
  /** Nobody asks the vendor again before; absent where only a reconnect helps. */
  retry_at?: Date;
}

/** The credentials of one connection. Secrets are sealed; the document never leaves this service. */
export interface ConnectionAuth extends TenantEntity {
  connection_id: string;
  user_id: string;
  platform_id: string;
  auth_type: AuthType;
  status: 'active' | 'revoked';
  /** Rises with every change of the credentials, and with nothing else. */
  credentials_version: number;
  /** What connectors sign with; runners open it. Emptied when revoked. */
  sealed: string;
  /** The refresh token; only this service opens it. */
  sealed_refresh?: string;
  base_url?: string;
  token_type?: string;
  scope?: string;
  issued_at: Date;
  expires_at?: Date;
  refresh_attempts: number;
  last_refresh_at?: Date;
  last_refresh_error?: string;
  /** Who is asking the vendor for new tokens, and until when nobody else may. */
  refresh_lease?: { id: string; until: Date };
  refresh_failure?: RefreshFailure;
  revoked_at?: Date;
  /** A revoked record goes then. */
  ttl?: Date;
}

export const connectionAuthCollection = defineCollection<ConnectionAuth>({
  name: 'platform-connection-auths',
  domain: 'connections',
  title: 'Connection',
  erasure: erasedByAccount,
  fields: {
    connection_id: { type: String, required: true },
    user_id: { type: String, required: true },
    platform_id: { type: String, required: true },
    auth_type: { type: String, required: true },
    status: { type: String, required: true },
    credentials_version: { type: Number, required: true },
    sealed: String,
    sealed_refresh: String,
    base_url: String,
    token_type: String,
    scope: String,
    issued_at: { type: Date, required: true },
    expires_at: Date,
    refresh_attempts: { type: Number, required: true },
    last_refresh_at: Date,
    last_refresh_error: String,
    refresh_lease: Schema.Types.Mixed,
    refresh_failure: Schema.Types.Mixed,
    revoked_at: Date,
    ttl: Date,
  },
  indexes: [
    { keys: { account_id: 1, connection_id: 1 }, options: { unique: true } },
    { keys: { ttl: 1 }, options: { expireAfterSeconds: 0 } },
  ],
});
