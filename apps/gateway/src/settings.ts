import { Injectable } from '@nestjs/common';
import type { GatewayConfig } from './config.js';
import { upstreamUrls, type Upstream } from './forward-requests/routed-prefixes.js';

/** The settings in the words of the code. */
@Injectable()
export class GatewaySettings {
  readonly upstreams: Readonly<Record<Upstream, string>>;
  readonly limitsLifted: boolean;
  /** Empty: any origin. */
  readonly corsOrigins: readonly string[];
  readonly production: boolean;

  constructor(config: GatewayConfig) {
    this.upstreams = upstreamUrls(config);
    this.limitsLifted = config.MFH_LIMITS === 'lifted';
    this.corsOrigins = config.MFH_CORS_ORIGINS;
    this.production = config.MFH_MODE === 'production';
  }
}
