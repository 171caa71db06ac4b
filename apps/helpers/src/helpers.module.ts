import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AuditModule } from '#audit';
import { AuthModule } from '#auth';
import { HostedLinks, hostedLinksFromEnvironment } from '#hosted-links';
import { MessagingModule } from '#messaging';
import { PersistenceModule } from '#persistence';
import { SealingModule } from '#sealing';
import { loadConfig } from '#service-defaults';
import { AcceptExecution } from './accept-execution/accept-execution.service.js';
import { BurstLimit } from './accept-execution/burst-limit.js';
import { LaneChooser } from './accept-execution/lane-chooser.js';
import { UsageReservation } from './accept-execution/usage-reservation.js';
import { CountInWindow } from './answer-questions/count-in-window.js';
import { CounterDraws, HelperCounters } from './answer-questions/helper-counters.js';
import { HelperState } from './answer-questions/helper-state.js';
import { HelpersQuestionsController } from './answer-questions/helpers-questions.controller.js';
import { CancelExecutionController } from './cancel-execution/cancel-execution.controller.js';
import { EndExecution } from './cancel-execution/end-execution.js';
import { HelpersConfig } from './config.js';
import { ContactSnapshotsController } from './contact-snapshots/contact-snapshots.controller.js';
import { ContactSnapshotsRepository } from './contact-snapshots/contact-snapshots.repository.js';
import { DeadLetterProjector } from './dead-letters/dead-letter-projector.js';
import { DeadLettersController } from './dead-letters/dead-letters.controller.js';
import { DeadLettersRepository } from './dead-letters/dead-letters.repository.js';
import { ReplayDeadLetters } from './dead-letters/replay-dead-letters.js';
import { Instance } from './domain/instance.js';
import { DryRunController } from './dry-run/dry-run.controller.js';
import { ExecuteHelperController } from './execute-helper/execute-helper.controller.js';
import { ExecuteHelper } from './execute-helper/execute-helper.service.js';
import { HelperDirectory } from './execute-helper/helper-directory.js';
import { HelperTypesController } from './helper-types/helper-types.controller.js';
import { KeepFilesController } from './keep-files/keep-files.controller.js';
import { KeptFilesRepository } from './keep-files/kept-files.repository.js';
import { RoomForFiles } from './keep-files/room-for-files.js';
import { CreateHelperHandler } from './manage-helpers/create-helper.handler.js';
import { DeleteHelperHandler } from './manage-helpers/delete-helper.handler.js';
import { HelperConfig } from './manage-helpers/helper-config.js';
import { ManageHelpersController } from './manage-helpers/manage-helpers.controller.js';
import { UpdateHelperHandler } from './manage-helpers/update-helper.handler.js';
import { AccountObjects } from './hosted-pages/account-objects.js';
import { CountdownController } from './hosted-pages/countdown/countdown.controller.js';
import { HostedPagesController } from './hosted-pages/hosted-pages.controller.js';
import { OpenLinks } from './hosted-pages/open-links.js';
import { RunHostedHelper } from './hosted-pages/run-hosted-helper.js';
import { ChainsRepository } from './persistence/chains.repository.js';
import { ExecutionsRepository } from './persistence/executions.repository.js';
import { HelpersRepository } from './persistence/helpers.repository.js';
import { ExecutionCounts } from './project-events/execution-counts.js';
import { Projector } from './project-events/projector.js';
import { ReadExecutionsController } from './read-executions/read-executions.controller.js';
import { Announcer } from './release-executions/announcer.js';
import { ConsumerLag } from './release-executions/consumer-lag.js';
import { JobPublisher } from './release-executions/job-publisher.js';
import { LiveNotices } from './release-executions/live-notices.js';
import { Reconnections } from './release-executions/reconnections.js';
import { Releaser } from './release-executions/releaser.js';
import { Schedules } from './release-executions/schedules.js';
import { Replay } from './replay-execution/replay.js';
import { ReplayExecutionController } from './replay-execution/replay-execution.controller.js';
import { HelpersSettings } from './settings.js';
import { AdvanceChain } from './start-children/advance-chain.js';
import { StartChildren } from './start-children/start-children.js';
import { ContactChangesConsumer } from './triggers/contact-changes.consumer.js';
import { OwnChanges } from './triggers/own-changes.js';
import { StartMatches } from './triggers/start-matches.js';
import { TriggerMatches } from './triggers/trigger-matches.repository.js';
import { Triggers } from './triggers/trigger.repository.js';
import { TriggersController } from './triggers/triggers.controller.js';
import { TriggersOfHelper } from './triggers/triggers-of-helper.js';
import { WebhooksAllowed } from './triggers/webhooks-allowed.js';
import { InstancesRepository } from './sweep/instances.repository.js';
import { StreamsSeenRepository } from './sweep/streams-seen.repository.js';
import { AccountClosings } from './closed-accounts/account-closings.repository.js';
import { AccountClosingsConsumer } from './closed-accounts/account-closings.consumer.js';
import { AccountGate } from './closed-accounts/account-gate.js';
import { ClosedAccounts } from './closed-accounts/closed-accounts.js';
import { RestWithAccount } from './closed-accounts/rest-with-account.js';
import { Sweeper } from './sweep/sweeper.js';

const repositories = [
  AccountClosings,
  BurstLimit,
  ChainsRepository,
  ContactSnapshotsRepository,
  CounterDraws,
  CountInWindow,
  DeadLettersRepository,
  ExecutionsRepository,
  HelperCounters,
  HelpersRepository,
  HelperState,
  InstancesRepository,
  KeptFilesRepository,
  StreamsSeenRepository,
  TriggerMatches,
  Triggers,
];

const executionPath = [
  AcceptExecution,
  AccountClosingsConsumer,
  AccountGate,
  AdvanceChain,
  Announcer,
  ClosedAccounts,
  ConsumerLag,
  DeadLetterProjector,
  EndExecution,
  Instance,
  JobPublisher,
  LaneChooser,
  LiveNotices,
  ExecutionCounts,
  Projector,
  Reconnections,
  Releaser,
  Replay,
  ReplayDeadLetters,
  RestWithAccount,
  Schedules,
  StartChildren,
  Sweeper,
  UsageReservation,
];

const triggers = [ContactChangesConsumer, OwnChanges, StartMatches, TriggersOfHelper, WebhooksAllowed];

/** Catalogue of types, configured helpers, executions and their projection, dead letters. */
@Module({
  imports: [
    CqrsModule,
    MessagingModule.forService('helpers'),
    PersistenceModule.forService('helpers'),
    AuditModule,
    AuthModule.forService(),
    SealingModule,
  ],
  controllers: [
    HelperTypesController,
    ContactSnapshotsController,
    DryRunController,
    ExecuteHelperController,
    ManageHelpersController,
    TriggersController,
    ReadExecutionsController,
    CancelExecutionController,
    ReplayExecutionController,
    DeadLettersController,
    HelpersQuestionsController,
    KeepFilesController,
    CountdownController,
    HostedPagesController,
  ],
  providers: [
    { provide: HelpersSettings, useFactory: () => new HelpersSettings(loadConfig(HelpersConfig)) },
    { provide: HostedLinks, useFactory: () => hostedLinksFromEnvironment() },
    ...repositories,
    ...executionPath,
    ...triggers,
    CreateHelperHandler,
    DeleteHelperHandler,
    ExecuteHelper,
    HelperConfig,
    HelperDirectory,
    RoomForFiles,
    AccountObjects,
    OpenLinks,
    RunHostedHelper,
    UpdateHelperHandler,
  ],
})
export class HelpersModule {}
