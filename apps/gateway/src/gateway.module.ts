import { Module } from '@nestjs/common';
import { AuthModule } from '#auth';
import { MessagingModule } from '#messaging';
import { loadConfig } from '#service-defaults';
import { GatewayConfig } from './config.js';
import { KeyExchange } from './exchange-keys/key-exchange.js';
import { Forwarding } from './forward-requests/forwarding.js';
import { GatewaySettings } from './settings.js';

/** The edge: everything public comes in here. */
@Module({
  imports: [MessagingModule.forService('gateway'), AuthModule.forService()],
  providers: [
    { provide: GatewaySettings, useFactory: () => new GatewaySettings(loadConfig(GatewayConfig)) },
    Forwarding,
    KeyExchange,
  ],
})
export class GatewayModule {}
