import { PersistenceConfig } from '#persistence';
import { SealingConfig } from '#sealing';
import { defineService } from '#service-defaults';
import { AccountsModule } from './accounts.module.js';
import { AccountsConfig } from './config.js';

/** Accounts, who belongs to them, and what users want to be told about. */
export const service = defineService({
  name: 'accounts',
  module: AccountsModule,
  port: 8102,
  config: PersistenceConfig.and(SealingConfig).and(AccountsConfig),
  healthPaths: ['/accounts/health'],
});
