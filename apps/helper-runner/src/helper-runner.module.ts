import { Module } from '@nestjs/common';
import { HostedLinks, hostedLinksFromEnvironment } from '#hosted-links';
import { GuardedHttpClient, OutboundConfig, outboundPolicy } from '#http';
import { MessagingModule } from '#messaging';
import { SealingModule } from '#sealing';
import { loadConfig } from '#service-defaults';
import { RunnerConfig } from './config.js';
import { ConnectCrm } from './connect-crm/connect-crm.js';
import { ConnectorParts } from './connect-crm/connector-parts.js';
import { RunnerCredentials } from './connect-crm/runner-credentials.js';
import { ConnectServices } from './connect-services/connect-services.js';
import { DryRunController } from './dry-run/dry-run.controller.js';
import { TryHelper } from './dry-run/try-helper.js';
import { JobPool } from './pull-jobs/job-pool.js';
import { ClaimJob } from './run-execution/claim-job.js';
import { DeadLetters } from './run-execution/dead-letters.js';
import { OutcomeReporter } from './run-execution/outcome-reporter.js';
import { RunExecution } from './run-execution/run-execution.js';
import { DeliveryPorts } from './run-ports/delivery-ports.js';
import { LocationLookup } from './run-ports/location-lookup.js';
import { OpenConfig } from './run-ports/open-config.js';
import { RunPortsFactory } from './run-ports/run-ports.factory.js';
import { RunnerSettings } from './settings.js';

/** Stateless: pulls jobs, runs helpers, reports what became of them. */
@Module({
  imports: [MessagingModule.forService('helper-runner'), SealingModule],
  controllers: [DryRunController],
  providers: [
    { provide: RunnerSettings, useFactory: () => new RunnerSettings(loadConfig(RunnerConfig)) },
    { provide: GuardedHttpClient, useFactory: () => new GuardedHttpClient(outboundPolicy(loadConfig(OutboundConfig))) },
    { provide: HostedLinks, useFactory: () => hostedLinksFromEnvironment() },
    ClaimJob,
    ConnectCrm,
    ConnectorParts,
    ConnectServices,
    DeadLetters,
    DeliveryPorts,
    JobPool,
    LocationLookup,
    OpenConfig,
    OutcomeReporter,
    RunExecution,
    TryHelper,
    RunnerCredentials,
    RunPortsFactory,
  ],
})
export class HelperRunnerModule {}
