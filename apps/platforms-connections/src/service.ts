import { defineService } from '#service-defaults';
import { PlatformsConnectionsModule, SERVICE } from './platforms-connections.module.js';
import { ServiceSettings } from './settings.js';

export const service = defineService({
  name: SERVICE,
  module: PlatformsConnectionsModule,
  port: 8103,
  config: ServiceSettings,
  healthPaths: ['/platforms/health', '/platform-connections/health'],
});
