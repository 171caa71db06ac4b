import { PersistenceConfig } from '#persistence';
import { SealingConfig } from '#sealing';
import { defineService } from '#service-defaults';
import { BillingModule } from './billing.module.js';
import { PaymentConfig } from './payments/payment-config.js';
import { BillingConfig } from './settings.js';

/** Plans, limits and the usage ledger. */
export const service = defineService({
  name: 'billing',
  module: BillingModule,
  port: 8105,
  config: PersistenceConfig.and(SealingConfig).and(BillingConfig).and(PaymentConfig),
  healthPaths: ['/billing/health'],
});
