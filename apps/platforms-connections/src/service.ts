import { defineService } from '#service-defaults';
import { PlatformsConnectionsModule, SERVICE } from './platforms-connections.module.js';
import { ConnectionsConfig } from './settings.js';

export const service = defineService({
  name: SERVICE,
  module: PlatformsConnectionsModule,
  port: 8103,
  config: ConnectionsConfig,
  healthPaths: ['/platforms/health', '/platform-connections/health'],
});
