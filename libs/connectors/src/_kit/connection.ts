import type { HttpRequester } from '#http';
import type { RateBudget } from './budget/rate-budget.js';
import { rateScopesOf } from './budget/rate-scopes.js';
import { CallBudget } from './call/call-budget.js';
import { Circuit, type CircuitOptions } from './call/circuit.js';
import { systemClock, type Clock } from './call/clock.js';
import { CredentialHolder, type RefreshCredentials } from './call/credential-holder.js';
import type { ConnectorRun } from './call/vendor-call.js';
import { VendorClient } from './call/vendor-client.js';
import { VendorLine } from './call/vendor-line.js';
import { ConnectionMemory } from './connection-memory.js';
import { ConnectorError } from './connector-error.js';
import type { PlatformSlug } from './contact.js';
import type { PlatformRateLimits } from './platform-manifest.js';
import type { ConnectorCredentials, ConnectorMetadata, CrmConnector } from './port.js';
import type { TranslateLogger } from './translate/directory.js';
import { TranslatedConnector } from './translate/translated-connector.js';
import type { VendorModule } from './vendor-module.js';

export interface ConnectionSettings {
  platform: PlatformSlug;
  credentials: ConnectorCredentials;
  /** The connection's name among those who share budgets. */
  rateScope?: string;
  /** Its calls are not counted. */
  unlimited?: boolean;
  /** Limits of a platform that declares no budgets; all zero means unlimited. */
  limits?: PlatformRateLimits;
}

export interface ConnectorDeps {
  http: HttpRequester;
  /** Without one, no limits are kept. */
  budget?: RateBudget;
  clock?: Clock;
  /** Between 0 and 1, for the jitter of pauses. */
  random?: () => number;
  logger?: TranslateLogger;
  /** Gets newer credentials when the vendor says that a token has expired. */
  refreshCredentials?: RefreshCredentials;
  circuit?: CircuitOptions;
  /** Time limit of one exchange in milliseconds. */
  timeoutMs?: number;
}

const TIMEOUT_MS = 30_000;

/**
 * One connection in this process. Keep it as long as the connection is used: it holds the circuit, the pause the
 * vendor asked for, the current token and what is remembered of tags and fields. Connectors made of it are cheap and
 * live for one run.
 */
export class Connection {
  readonly #line: VendorLine;
  readonly #memory: ConnectionMemory;
  readonly #metadata: ConnectorMetadata;
  readonly #credentials: CredentialHolder;

  /** @throws ConnectorError `validation` when a credential is missing */
  constructor(
    private readonly vendor: VendorModule,
    settings: ConnectionSettings,
    private readonly deps: ConnectorDeps,
  ) {
    const { platform, credentials, rateScope, limits } = settings;
    const missing = vendor.missing(credentials);
    if (missing.length > 0) {
      const message = `The connection lacks ${missing.join(' and ')}`;
      throw new ConnectorError({ kind: 'validation', platform, message, outcome: 'not_sent' });
    }
    const clock = deps.clock ?? systemClock;
    this.#credentials = new CredentialHolder(platform, credentials, deps.refreshCredentials);
    this.#memory = new ConnectionMemory(() => clock.now().getTime());
    this.#metadata = {
      platform_slug: platform,
      platform_name: vendor.manifest.record.name,
      api_version: vendor.manifest.record.version,
      base_url: vendor.dialect.baseUrl(credentials),
    };
    this.#line = new VendorLine({
      platform,
      dialect: vendor.dialect,
      credentials: this.#credentials,
      circuit: new Circuit(platform, deps.circuit),
      http: deps.http,
      budget: new CallBudget({
        budget: deps.budget,
        scopes:
          settings.unlimited === true
            ? []
            : rateScopesOf({ manifest: vendor.manifest, credentials, rateScope, limits }),
        connection: rateScope ?? platform,
        clock,
      }),
      clock,
      random: deps.random ?? Math.random,
      timeoutMs: deps.timeoutMs ?? TIMEOUT_MS,
    });
  }

  /** A connector for one run. It remembers the contacts it has read: make a new one for the next run. */
  connector(run: ConnectorRun = {}): CrmConnector {
    const client = this.client(run);
    const raw = this.vendor.open(client, this.#memory, this.#metadata);
    const { traits, keys } = this.vendor;
    return new TranslatedConnector(raw, { traits, keys, memory: this.#memory, logger: this.deps.logger });
  }

  /** Plain calls to the vendor for one run, for what the port does not have. */
  client(run: ConnectorRun = {}): VendorClient {
    return new VendorClient(this.#line, run);
  }

  /** Newer credentials from elsewhere, for example after the connection was made anew. */
  replaceCredentials(credentials: ConnectorCredentials): void {
    this.#credentials.replace(credentials);
  }
}
