import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { NatsConnection } from '@nats-io/transport-node';
import {
  connectorHttp,
  ConnectorsConfig,
  KvRateBudget,
  NatsBucketStore,
  placesOf,
  type OpenConnectionDeps,
} from '#connectors';
import { subjects } from '#contracts';
import { MessagingConfig, NATS_CONNECTION } from '#messaging';
import { loadConfig } from '#service-defaults';
import { logger } from '#telemetry';
import { RunnerSettings } from '../settings.js';
import { countAnswer, showBudgets } from './budget-figures.js';

/** What all connections of this process share: sockets, and the budgets that all processes share. */
@Injectable()
export class ConnectorParts implements OnApplicationShutdown {
  private readonly config = loadConfig(ConnectorsConfig);
  private readonly places = placesOf(this.config);
  private readonly http = connectorHttp(this.config);
  private readonly budget: KvRateBudget;
  private readonly hideBudgets: () => void;

  constructor(
    @Inject(NATS_CONNECTION) connection: NatsConnection,
    private readonly settings: RunnerSettings,
  ) {
    const store = new NatsBucketStore(connection, {
      bucket: subjects.bucket('rate-budgets'),
      replicas: loadConfig(MessagingConfig).MFH_STREAM_REPLICAS,
    });
    this.budget = new KvRateBudget(store, {
      onFailure: (error, scope) => logger.warn({ err: error, scope }, 'rate budget not reachable'),
      onAnswer: countAnswer,
    });
    this.hideBudgets = showBudgets(this.budget);
  }

  shared(): OpenConnectionDeps {
    return {
      http: this.http,
      budget: this.budget,
      places: this.places,
      timeoutMs: this.settings.crmTimeoutMs,
      sandboxUnlimited: this.config.MFH_LIMITS === 'lifted',
    };
  }

  async onApplicationShutdown(): Promise<void> {
    this.hideBudgets();
    await this.http.close();
  }
}
