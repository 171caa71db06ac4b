import { PersistenceConfig } from '#persistence';
import { SealingConfig } from '#sealing';
import { defineService } from '#service-defaults';
import { IdentityConfig } from './config.js';
import { GoogleConfig } from './google/google-config.js';
import { IdentityModule } from './identity.module.js';
import { OAUTH_ROUTE_DESCRIPTIONS } from './link-apps/oauth-route-descriptions.js';

/** Users, sign-in sessions, tokens and API keys. */
export const service = defineService({
  name: 'identity',
  module: IdentityModule,
  port: 8101,
  config: PersistenceConfig.and(SealingConfig).and(IdentityConfig).and(GoogleConfig),
  healthPaths: ['/auth/health', '/api-keys/health'],
  furtherRoutes: OAUTH_ROUTE_DESCRIPTIONS,
});
