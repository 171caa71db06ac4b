import { HostedLinksConfig } from '#hosted-links';
import { OutboundConfig } from '#http';
import { ObjectStoreConfig } from '#object-store';
import { defineService } from '#service-defaults';
import { RunnerConfig } from './config.js';
import { DeliveryConfig } from './delivery-config.js';
import { HelperRunnerModule } from './helper-runner.module.js';
import { LocationLookupConfig } from './run-ports/location-lookup.js';

export const service = defineService({
  name: 'helper-runner',
  module: HelperRunnerModule,
  port: 8110,
  config: RunnerConfig.and(LocationLookupConfig)
    .and(OutboundConfig)
    .and(HostedLinksConfig)
    .and(DeliveryConfig)
    .and(ObjectStoreConfig),
});
