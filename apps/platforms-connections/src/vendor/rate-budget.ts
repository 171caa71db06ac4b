import { subjects } from '#contracts';
import { KvRateBudget, NatsBucketStore } from '#connectors';
import { MessagingConfig, NATS_CONNECTION } from '#messaging';
import { loadConfig, logger } from '#service-defaults';

type Broker = ConstructorParameters<typeof NatsBucketStore>[0];

/** The request budget that this service shares with the runners: a vendor counts all calls of a connection alike. */
export const rateBudgetProvider = {
  provide: KvRateBudget,
  useFactory: (connection: Broker): KvRateBudget => {
    const replicas = loadConfig(MessagingConfig).MFH_STREAM_REPLICAS;
    const store = new NatsBucketStore(connection, { bucket: subjects.bucket('rate-budgets'), replicas });
    return new KvRateBudget(store, {
      onFailure: (error, scope) => logger.warn({ err: error, scope }, 'the rate budget cannot be reached'),
    });
  },
  inject: [NATS_CONNECTION],
};
