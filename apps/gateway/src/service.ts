import { defineService } from '#service-defaults';
import { GatewayConfig } from './config.js';
import { HEALTH_PATHS } from './describe-api/health-paths.js';
import { WEBHOOK_ROUTES } from './describe-api/webhook-routes.js';
import { GatewayModule } from './gateway.module.js';

export const service = defineService({
  name: 'gateway',
  module: GatewayModule,
  port: 8080,
  config: GatewayConfig,
  healthPaths: HEALTH_PATHS,
  furtherRoutes: WEBHOOK_ROUTES,
});
