import 'reflect-metadata';
import type { Type } from '@nestjs/common';
import type { NatsOptions } from '@nestjs/microservices';
import { MessagingConfig } from '#messaging';
import { loadConfig } from './config.js';

/** Where Nest keeps the subjects that a method answers. */
const PATTERN_METADATA = 'microservices:pattern';

/** Whether any controller answers questions of other services. */
export function answersQuestions(controllers: readonly Type[]): boolean {
  return controllers.some((controller) => {
    const prototype = controller.prototype as Record<string, unknown>;
    return Object.getOwnPropertyNames(prototype).some((name) => {
      const method = name === 'constructor' ? undefined : prototype[name];
      return typeof method === 'function' && Reflect.hasMetadata(PATTERN_METADATA, method);
    });
  });
}

/** Connection that answers questions: one queue a service, so that each question reaches one replica. */
export function questionTransport(
  service: string,
  env: Record<string, string | undefined>,
): NonNullable<NatsOptions['options']> {
  const config = loadConfig(MessagingConfig, env);
  return {
    name: `${service}-questions`,
    servers: config.MFH_NATS_URL.split(','),
    queue: service,
    ...(config.MFH_NATS_USER !== undefined && { user: config.MFH_NATS_USER }),
    ...(config.MFH_NATS_PASSWORD !== undefined && { pass: config.MFH_NATS_PASSWORD }),
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    waitOnFirstConnect: true,
    gracefulShutdown: true,
    gracePeriod: 500,
  };
}
