import { Schema } from 'mongoose';
import type { ConnectionStatus, ConnectionStatusReason } from '#contracts';
import type { AuthType } from '#connectors';
import { defineCollection, StateMachine, type TenantEntity, erasedByAccount } from '#persistence';

/** What stopped working may work again: by new credentials, or because a trial call shows that it does. */
export const connectionStates = new StateMachine<ConnectionStatus>('connections', {
  active: ['error', 'disconnected'],
  error: ['active', 'disconnected'],
  disconnected: ['active', 'error'],
});

/** An account's access to one platform; what it signs calls with lies in `connection-auths`. */
export interface Connection extends TenantEntity {
  user_id: string;
  platform_id: string;
  name: string;
  status: ConnectionStatus;
  status_reason?: ConnectionStatusReason;
  auth_type: AuthType;
  auth_id: string;
  /** Follows the version of the credentials, so that lists need no second read. */
  credentials_version: number;
  /** What may be shown of the credentials, such as the account's address. */
  credentials_metadata: Record<string, string>;
  external_user_id?: string;
  external_user_email?: string;
  external_app_id?: string;
  external_app_name?: string;
  last_connected?: Date;
  expires_at?: Date;
  last_synced_at?: Date;
  sync_status?: string;
  sync_record_counts?: Record<string, number>;
}

export const connectionCollection = defineCollection<Connection>({
  name: 'connections',
  domain: 'connections',
  title: 'Connection',
  erasure: erasedByAccount,
  fields: {
    user_id: { type: String, required: true },
    platform_id: { type: String, required: true },
    name: { type: String, required: true },
    status: { type: String, required: true },
    status_reason: String,
    auth_type: { type: String, required: true },
    auth_id: { type: String, required: true },
    credentials_version: { type: Number, required: true },
    credentials_metadata: { type: Schema.Types.Mixed, required: true },
    external_user_id: String,
    external_user_email: String,
    external_app_id: String,
    external_app_name: String,
    last_connected: Date,
    expires_at: Date,
    last_synced_at: Date,
    sync_status: String,
    sync_record_counts: Schema.Types.Mixed,
  },
  indexes: [
    { keys: { account_id: 1, created_at: 1 } },
    // A sign-in by the same person at the same vendor finds the connection it renews.
    { keys: { account_id: 1, platform_id: 1, external_user_id: 1 } },
    // Vendors that send all webhooks to one address name their own account.
    { keys: { platform_id: 1, external_app_id: 1 } },
    { keys: { platform_id: 1, 'credentials_metadata.location_id': 1 } },
  ],
});
