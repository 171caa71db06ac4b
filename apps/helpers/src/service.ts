import { defineService } from '#service-defaults';
import { HelpersConfig } from './config.js';
import { HelpersModule } from './helpers.module.js';

export const service = defineService({
  name: 'helpers',
  module: HelpersModule,
  port: 8104,
  config: HelpersConfig,
  healthPaths: ['/helpers/health'],
});
