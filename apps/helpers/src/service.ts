import { HostedLinksConfig } from '#hosted-links';
import { ObjectStoreConfig } from '#object-store';
import { defineService } from '#service-defaults';
import { HelpersConfig } from './config.js';
import { HelpersModule } from './helpers.module.js';

export const service = defineService({
  name: 'helpers',
  module: HelpersModule,
  port: 8104,
  config: HelpersConfig.and(HostedLinksConfig).and(ObjectStoreConfig),
  // Signed links hold all they say.
  longestParameter: 8192,
  healthPaths: ['/helpers/health'],
});
