import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AuditModule } from '#audit';
import { AuthModule } from '#auth';
import { ConnectorsConfig, placesOf } from '#connectors';
import { MessagingModule } from '#messaging';
import { PersistenceModule } from '#persistence';
import { SealingModule } from '#sealing';
import { loadConfig } from '#service-defaults';
import { ConnectionQuestionsController } from './answer-questions/connection-questions.controller.js';
import { CredentialQuestionsController } from './answer-questions/credential-questions.controller.js';
import { Clock } from './clock.js';
import { ConnectionHealth } from './connection-health/connection-health.js';
import { ConnectionOpener } from './create-connection/connection-opener.js';
import { CreateConnectionController } from './create-connection/create-connection.controller.js';
import { CreateConnectionHandler } from './create-connection/create-connection.handler.js';
import { CredentialVault } from './credentials/credential-vault.js';
import { DeleteConnectionController } from './delete-connection/delete-connection.controller.js';
import { DeleteConnectionHandler } from './delete-connection/delete-connection.handler.js';
import { ConnectionEvents } from './events/connection-events.js';
import { FinishOAuthController } from './finish-oauth/finish-oauth.controller.js';
import { FinishOAuthHandler } from './finish-oauth/finish-oauth.handler.js';
import { GrantedConnection } from './finish-oauth/granted-connection.js';
import { InspectConnectionController } from './inspect-connection/inspect-connection.controller.js';
import { ListConnectionsController } from './list-connections/list-connections.controller.js';
import { ListPlatformsController } from './list-platforms/list-platforms.controller.js';
import { ConnectionAuths } from './persistence/connection-auths.repository.js';
import { Connections } from './persistence/connections.repository.js';
import { OAuthStates } from './persistence/oauth-states.repository.js';
import { OAuthPlatforms } from './platforms/oauth-platforms.js';
import { PlatformRegistry } from './platforms/platform-registry.js';
import { ReadConnectionController } from './read-connection/read-connection.controller.js';
import { TokenRefresher } from './refresh-credentials/token-refresher.js';
import { TokenRenewal } from './refresh-credentials/token-renewal.js';
import { CONNECTIONS_SETTINGS, ConnectionsConfig, settingsOf } from './settings.js';
import { StartOAuthController } from './start-oauth/start-oauth.controller.js';
import { StartOAuthHandler } from './start-oauth/start-oauth.handler.js';
import { UpdateConnectionController } from './update-connection/update-connection.controller.js';
import { UpdateConnectionHandler } from './update-connection/update-connection.handler.js';
import { ReadFieldsController } from './read-fields/read-fields.controller.js';
import { ReadTagsController } from './read-tags/read-tags.controller.js';
import { TestConnectionController } from './test-connection/test-connection.controller.js';
import { TestConnectionHandler } from './test-connection/test-connection.handler.js';
import { ConnectionBudget } from './vendor/connection-budget.js';
import { rateBudgetProvider } from './vendor/rate-budget.js';
import { VendorAccess } from './vendor/vendor-access.js';
import { VendorDirectory } from './vendor/vendor-directory.js';
import { VendorHttp } from './vendor/vendor-http.js';
import { AppliedEvents } from './vendor-events/applied-events.repository.js';
import { ApplyVendorEvent } from './vendor-events/apply-vendor-event.js';
import { ContactChanges } from './vendor-events/contact-changes.js';
import { ContactLooks } from './vendor-events/contact-looks.repository.js';
import { ContactStates } from './vendor-events/contact-states.repository.js';
import { DisconnectRemoved } from './vendor-events/disconnect-removed.js';
import { LookAtContacts } from './vendor-events/look-at-contacts.js';
import { VendorEventsConsumer } from './vendor-events/vendor-events.consumer.js';
import { FollowTriggers } from './vendor-webhooks/follow-triggers.consumer.js';
import { KeepSubscriptions } from './vendor-webhooks/keep-subscriptions.js';
import { LearnContacts } from './vendor-webhooks/learn-contacts.js';
import { EndSubscriptions } from './vendor-webhooks/end-subscriptions.js';
import { OpenEndpoint } from './vendor-webhooks/open-endpoint.js';
import { PrepareTrigger } from './vendor-webhooks/prepare-trigger.js';
import { TriggerStates } from './vendor-webhooks/trigger-states.js';
import { SubscriptionBook } from './vendor-webhooks/subscription-book.js';
import { WebhookEndpoints } from './vendor-webhooks/webhook-endpoints.repository.js';
import { WebhookQuestionsController } from './vendor-webhooks/webhook-questions.controller.js';
import { WebhookWatches } from './vendor-webhooks/webhook-watches.repository.js';

export const SERVICE = 'platforms-connections';

const controllers = [
  // Before the routes with a platform's id in the same place.
  FinishOAuthController,
  ListPlatformsController,
  ListConnectionsController,
  ReadConnectionController,
  InspectConnectionController,
  CreateConnectionController,
  UpdateConnectionController,
  DeleteConnectionController,
  TestConnectionController,
  ReadFieldsController,
  ReadTagsController,
  StartOAuthController,
  ConnectionQuestionsController,
  CredentialQuestionsController,
  WebhookQuestionsController,
];

const handlers = [
  CreateConnectionHandler,
  UpdateConnectionHandler,
  DeleteConnectionHandler,
  TestConnectionHandler,
  StartOAuthHandler,
  FinishOAuthHandler,
];

const repositories = [
  Connections,
  ConnectionAuths,
  OAuthStates,
  AppliedEvents,
  ContactLooks,
  ContactStates,
  WebhookEndpoints,
  WebhookWatches,
];

const webhooks = [
  ApplyVendorEvent,
  ContactChanges,
  DisconnectRemoved,
  EndSubscriptions,
  FollowTriggers,
  KeepSubscriptions,
  LearnContacts,
  LookAtContacts,
  OpenEndpoint,
  PrepareTrigger,
  SubscriptionBook,
  TriggerStates,
  VendorEventsConsumer,
];

const outside = [
  Clock,
  { provide: CONNECTIONS_SETTINGS, useFactory: () => settingsOf(loadConfig(ConnectionsConfig)) },
  {
    provide: PlatformRegistry,
    useFactory: () => new PlatformRegistry(placesOf(loadConfig(ConnectorsConfig))),
  },
  rateBudgetProvider,
  VendorHttp,
];

@Module({
  imports: [
    CqrsModule.forRoot(),
    MessagingModule.forService(SERVICE),
    PersistenceModule.forService(SERVICE),
    AuditModule,
    SealingModule,
    AuthModule.forService(),
  ],
  controllers,
  providers: [
    ...outside,
    ...repositories,
    ...handlers,
    ...webhooks,
    CredentialVault,
    ConnectionBudget,
    ConnectionEvents,
    ConnectionHealth,
    ConnectionOpener,
    GrantedConnection,
    OAuthPlatforms,
    TokenRenewal,
    TokenRefresher,
    VendorAccess,
    VendorDirectory,
  ],
})
export class PlatformsConnectionsModule {}
