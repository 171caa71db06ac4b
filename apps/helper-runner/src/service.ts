import { HostedLinksConfig } from '#hosted-links';
import { OutboundConfig } from '#http';
import { defineService } from '#service-defaults';
import { RunnerConfig } from './config.js';
import { HelperRunnerModule } from './helper-runner.module.js';

export const service = defineService({
  name: 'helper-runner',
  module: HelperRunnerModule,
  port: 8110,
  config: RunnerConfig.and(OutboundConfig).and(HostedLinksConfig),
});
