import { Module } from '@nestjs/common';
import { AuthModule } from '#auth';
import { MessagingModule } from '#messaging';
import { PersistenceModule } from '#persistence';
import { SealingModule } from '#sealing';
import { loadConfig } from '#service-defaults';
import { GatewayConfig } from './config.js';
import { CrossOrigin } from './allow-origins/cross-origin.js';
import { ServiceHttp } from './check-services/service-http.js';
import { ServiceReadiness } from './check-services/service-readiness.js';
import { ApiDocument } from './describe-api/api-document.js';
import { DescribeApiController } from './describe-api/describe-api.controller.js';
import { ReferencePageController } from './describe-api/reference-page.controller.js';
import { KeyExchange } from './exchange-keys/key-exchange.js';
import { Callers } from './forward-requests/callers.js';
import { Forwarding } from './forward-requests/forwarding.js';
import { UPSTREAMS } from './forward-requests/routed-prefixes.js';
import { InternalPaths } from './hide-internal/internal-paths.js';
import { ApiLimits } from './limit-requests/api-limits.js';
import { RequestCounts } from './limit-requests/request-count.repository.js';
import { InboundEvents } from './receive-webhooks/inbound-events.repository.js';
import { AmazonPages } from './receive-webhooks/amazon-pages.js';
import { Receivers } from './receive-webhooks/receivers.js';
import { ReceiveWebhooks } from './receive-webhooks/receive-webhooks.js';
import { StoreInbound } from './receive-webhooks/store-inbound.js';
import { WebhookEndpoints } from './receive-webhooks/webhook-endpoints.js';
import { RequestReport } from './report-requests/request-report.js';
import { GatewaySettings } from './settings.js';
import { ExecutionStreams } from './stream-executions/execution-streams.js';
import { OwnRouteCredentials } from './stream-executions/own-route-credentials.js';
import { StreamExecutionsController } from './stream-executions/stream-executions.controller.js';
import { StreamTickets } from './stream-executions/stream-ticket.repository.js';

const serviceReadiness = UPSTREAMS.map((service) => ({
  provide: `${service} answers`,
  useFactory: (http: ServiceHttp, settings: GatewaySettings) =>
    new ServiceReadiness(http, service, settings.upstreams[service]),
  inject: [ServiceHttp, GatewaySettings],
}));

/** The edge: everything public comes in here. */
@Module({
  imports: [
    MessagingModule.forService('gateway'),
    PersistenceModule.forService('gateway'),
    AuthModule.forService(),
    SealingModule,
  ],
  controllers: [StreamExecutionsController, DescribeApiController, ReferencePageController],
  providers: [
    { provide: GatewaySettings, useFactory: () => new GatewaySettings(loadConfig(GatewayConfig)) },
    ApiDocument,
    CrossOrigin,
    InternalPaths,
    Forwarding,
    Callers,
    ApiLimits,
    RequestCounts,
    RequestReport,
    ServiceHttp,
    ...serviceReadiness,
    KeyExchange,
    ExecutionStreams,
    OwnRouteCredentials,
    StreamTickets,
    WebhookEndpoints,
    AmazonPages,
    Receivers,
    InboundEvents,
    StoreInbound,
    ReceiveWebhooks,
  ],
})
export class GatewayModule {}
