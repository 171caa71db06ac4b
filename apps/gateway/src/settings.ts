import { Injectable } from '@nestjs/common';
import type { GatewayConfig } from './config.js';
import { webhookSettingsOf, type WebhookSettings } from './receive-webhooks/webhook-settings.js';
import { upstreamUrls, type Upstream } from './forward-requests/routed-prefixes.js';

/** The settings in the words of the code. */
@Injectable()
export class GatewaySettings {
  readonly upstreams: Readonly<Record<Upstream, string>>;
  readonly limitsLifted: boolean;
  /** Empty: any origin. */
  readonly corsOrigins: readonly string[];
  readonly production: boolean;
  /** Proxies between the clients and the gateway. */
  readonly trustedProxies: number;
  readonly apiLimits: Readonly<{ perMinute: number; perHour: number; anonymousPerHour: number }>;
  readonly webhooks: WebhookSettings;

  constructor(config: GatewayConfig) {
    this.upstreams = upstreamUrls(config);
    this.limitsLifted = config.MFH_LIMITS === 'lifted';
    this.corsOrigins = config.MFH_CORS_ORIGINS;
    this.production = config.MFH_MODE === 'production';
    this.trustedProxies = config.MFH_EDGE_PROXIES;
    this.webhooks = webhookSettingsOf(config);
    this.apiLimits = {
      perMinute: config.MFH_API_LIMIT_PER_MINUTE,
      perHour: config.MFH_API_LIMIT_PER_HOUR,
      anonymousPerHour: config.MFH_API_LIMIT_ANONYMOUS_PER_HOUR,
    };
  }
}
