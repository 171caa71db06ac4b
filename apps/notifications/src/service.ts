import { PersistenceConfig } from '#persistence';
import { SealingConfig } from '#sealing';
import { defineService } from '#service-defaults';
import { NotificationsModule } from './notifications.module.js';
import { NotificationsConfig } from './settings.js';

/** Mail to people: what other services ask for is written, sent once, and kept from those who do not want it. */
export const service = defineService({
  name: 'notifications',
  module: NotificationsModule,
  port: 8106,
  config: PersistenceConfig.and(SealingConfig).and(NotificationsConfig),
  healthPaths: ['/emails/health'],
  longestParameter: 1_000,
});
