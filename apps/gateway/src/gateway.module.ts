import { Module } from '@nestjs/common';
import { AuthModule } from '#auth';
import { MessagingModule } from '#messaging';
import { PersistenceModule } from '#persistence';
import { SealingModule } from '#sealing';
import { loadConfig } from '#service-defaults';
import { GatewayConfig } from './config.js';
import { KeyExchange } from './exchange-keys/key-exchange.js';
import { Forwarding } from './forward-requests/forwarding.js';
import { GatewaySettings } from './settings.js';
import { ExecutionStreams } from './stream-executions/execution-streams.js';
import { OwnRouteCredentials } from './stream-executions/own-route-credentials.js';
import { StreamExecutionsController } from './stream-executions/stream-executions.controller.js';
import { StreamTickets } from './stream-executions/stream-ticket.repository.js';

/** The edge: everything public comes in here. */
@Module({
  imports: [
    MessagingModule.forService('gateway'),
    PersistenceModule.forService('gateway'),
    AuthModule.forService(),
    SealingModule,
  ],
  controllers: [StreamExecutionsController],
  providers: [
    { provide: GatewaySettings, useFactory: () => new GatewaySettings(loadConfig(GatewayConfig)) },
    Forwarding,
    KeyExchange,
    ExecutionStreams,
    OwnRouteCredentials,
    StreamTickets,
  ],
})
export class GatewayModule {}
