import { PersistenceConfig } from '#persistence';
import { defineService } from '#service-defaults';
import { BillingModule } from './billing.module.js';
import { BillingConfig } from './settings.js';

/** Plans, limits and the usage ledger. */
export const service = defineService({
  name: 'billing',
  module: BillingModule,
  port: 8105,
  config: PersistenceConfig.and(BillingConfig),
  healthPaths: ['/billing/health'],
});
