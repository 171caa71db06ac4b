import { Injectable } from '@nestjs/common';
import { isProblem, type AccountScope } from '#contracts';
import {
  ConnectorError,
  CRM_PLATFORMS,
  hasConnector,
  isConnectorError,
  KvRateBudget,
  openConnection,
  vendorAccount,
  webhookSubscriptions,
  type Connection as OpenedConnection,
  type ConnectorCredentials,
  type CrmConnector,
  type PlatformManifest,
  type PlatformSlug,
  type WebhookSubscriptions,
} from '#connectors';
import { ConnectionHealth } from '../connection-health/connection-health.js';
import { connectorCredentials } from '../credentials/connector-credentials.js';
import { CredentialVault } from '../credentials/credential-vault.js';
import type { ConnectionAuth } from '../persistence/connection-auth.collection.js';
import type { Connection } from '../persistence/connection.collection.js';
import { PlatformRegistry } from '../platforms/platform-registry.js';
import { TokenRefresher } from '../refresh-credentials/token-refresher.js';
import { probeCredentials } from './credential-probe.js';
import { VendorHttp } from './vendor-http.js';

/** Calls the vendor of a connection on behalf of a person who looks at it. */
@Injectable()
export class VendorAccess {
  constructor(
    private readonly registry: PlatformRegistry,
    private readonly vault: CredentialVault,
    private readonly refresher: TokenRefresher,
    private readonly health: ConnectionHealth,
    private readonly budget: KvRateBudget,
    private readonly http: VendorHttp,
  ) {}

  /**
   * @param work gets a connector whose token is refreshed when it has to be, and whose calls end after `timeoutMs`
   * @throws ConnectorError; a refusal that ends the connection has already been noted on it
   */
  call<T>(
    scope: AccountScope,
    connection: Connection,
    timeoutMs: number,
    work: (crm: CrmConnector) => Promise<T>,
  ): Promise<T> {
    return this.#opening(scope, connection, (opened) =>
      work(opened.connector({ signal: AbortSignal.timeout(timeoutMs) })),
    );
  }

  /** As `call`, for the subscriptions that the connection has at its vendor. */
  withWebhooks<T>(
    scope: AccountScope,
    connection: Connection,
    timeoutMs: number,
    work: (webhooks: WebhookSubscriptions) => Promise<T>,
  ): Promise<T> {
    const { slug, name } = this.registry.get(connection.platform_id).record;
    return this.#opening(scope, connection, (opened) => {
      const webhooks = webhookSubscriptions(opened, slug, { signal: AbortSignal.timeout(timeoutMs) });
      if (webhooks !== undefined) return work(webhooks);
      const message = `${name} has no webhooks to subscribe to`;
      throw new ConnectorError({ kind: 'unsupported', platform: slug, message, outcome: 'not_sent' });
    });
  }

  /** The account that webhooks of this connection's vendor name; undefined where the vendor need not be asked. */
  account(scope: AccountScope, connection: Connection, timeoutMs: number): Promise<string | undefined> {
    const { slug } = this.registry.get(connection.platform_id).record;
    return this.#opening(scope, connection, (opened) =>
      vendorAccount(opened, slug, { signal: AbortSignal.timeout(timeoutMs) }),
    );
  }

  async #opening<T>(
    scope: AccountScope,
    connection: Connection,
    work: (opened: OpenedConnection) => Promise<T>,
  ): Promise<T> {
    const manifest = this.registry.get(connection.platform_id);
    const slug = crmSlug(manifest);
    let auth = await this.#present(scope, connection, slug);
    try {
      const settings = {
        platform: slug,
        credentials: await this.#opened(scope, auth),
        rateScope: connection._id,
        limits: manifest.record.api_config.rate_limits,
      };
      const opened = openConnection(settings, {
        http: this.http,
        budget: this.budget,
        places: this.registry.places,
        refreshCredentials: async () => {
          auth = await this.#newer(scope, auth, slug);
          return this.#opened(scope, auth);
        },
      });
      return await work(opened);
    } catch (error) {
      if (isConnectorError(error) && error.kind === 'auth_invalid') {
        await this.health.lost(scope, connection._id, auth.credentials_version, 'auth_invalid');
      }
      throw error;
    }
  }

  /** Tries the credentials out: by the connector, or by the one request that the platform's manifest names. */
  async test(scope: AccountScope, connection: Connection, timeoutMs: number): Promise<void> {
    const manifest = this.registry.get(connection.platform_id);
    const { slug } = manifest.record;
    if (hasConnector(slug, this.registry.places)) {
      return this.call(scope, connection, timeoutMs, (crm) => crm.testConnection());
    }
    const auth = await this.#present(scope, connection, slug);
    const secrets = await this.vault.openSecrets(scope, auth);
    const credentials = { secrets, baseUrl: auth.base_url };
    return probeCredentials(manifest, credentials, this.http, AbortSignal.timeout(timeoutMs));
  }

  /** The present credentials, refreshed when most of their lifetime is over. */
  #present(scope: AccountScope, connection: Connection, slug: string): Promise<ConnectionAuth> {
    const staleVersion = connection.credentials_version;
    return asConnectorError(slug, () =>
      this.refresher.newerThan(scope, { connectionId: connection._id, staleVersion, reason: 'ahead' }),
    );
  }

  #newer(scope: AccountScope, stale: ConnectionAuth, slug: string): Promise<ConnectionAuth> {
    const { connection_id: connectionId, credentials_version: staleVersion } = stale;
    return asConnectorError(slug, () =>
      this.refresher.newerThan(scope, { connectionId, staleVersion, reason: 'rejected' }),
    );
  }

  #opened(scope: AccountScope, auth: ConnectionAuth): Promise<ConnectorCredentials> {
    return connectorCredentials(this.vault, scope, auth);
  }
}

function crmSlug({ record }: PlatformManifest): PlatformSlug {
  const slug = CRM_PLATFORMS.find((known) => known === record.slug);
  if (slug !== undefined) return slug;
  const message = `${record.name} keeps no contacts`;
  throw new ConnectorError({ kind: 'unsupported', platform: record.slug, message, outcome: 'not_sent' });
}

/** What the refresh says, in the words of connectors, so that callers have one kind of failure to look at. */
async function asConnectorError<T>(platform: string, refresh: () => Promise<T>): Promise<T> {
  try {
    return await refresh();
  } catch (error) {
    if (!isProblem(error) || error.status === 404) throw error;
    const kind = error.status < 500 ? 'auth_invalid' : error.status === 503 ? 'rate_limited' : 'server';
    const seconds = Number(error.headers['Retry-After']);
    throw new ConnectorError({
      kind,
      platform,
      message: error.message,
      outcome: 'not_sent',
      cause: error,
      ...(seconds > 0 && { retryAfterMs: seconds * 1000 }),
    });
  }
}
