import type { DynamicModule, Type } from '@nestjs/common';
import type { z } from 'zod';
import type { ReadinessCheck } from '#telemetry';
import type { RouteDescription } from './routes.js';

/** A service as processes start it: alone (`main.ts`) or beside others in one process. */
export interface ServiceDefinition {
  /** `platforms-connections`: names the port variable, the database, the NATS queue and the logs. */
  name: string;
  module: Type | DynamicModule;
  /** Default HTTP port; `MFH_<NAME>_PORT` overrides it. */
  port: number;
  /** Settings the service itself reads, checked at start together with those of all services of the process. */
  config?: z.ZodType;
  /** Checks beside those that providers bring. */
  readiness?: readonly ReadinessCheck[];
  /** Public health paths with an envelope, such as `/auth/health`. */
  healthPaths?: readonly string[];
  /** Routes that are served without a controller, for the API reference. */
  furtherRoutes?: readonly RouteDescription[];
  /** Characters of the longest path parameter, where 300 are too few. */
  longestParameter?: number;
}

/** Declares a service; each app exports one from `src/service.ts`. */
export const defineService = (definition: ServiceDefinition): ServiceDefinition => definition;
