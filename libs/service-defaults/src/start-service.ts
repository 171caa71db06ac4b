import type { AddressInfo } from 'node:net';
import type { DynamicModule, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Transport, type MicroserviceOptions } from '@nestjs/microservices';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { MessagingConfig } from '#messaging';
import { logger } from '#telemetry';
import { refuseIncompleteRoutes } from './complete-routes.js';
import { checkConfig, loadConfig } from './config.js';
import type { ServiceDefinition } from './define-service.js';
import { healthRoutes, Readiness, serveHealth } from './health.js';
import { createHttpAdapter } from './http-server.js';
import { NestLogger } from './nest-logger.js';
import { openApiDocument } from './openapi.js';
import { answersQuestions, questionTransport } from './question-transport.js';
import { controllersOf, routesOf } from './routes.js';
import { SchemaPipe } from './schema-pipe.js';
import { portSchema, portVariable, ServiceConfig } from './service-config.js';
import { stopInOrder } from './stop.js';
import { UnusedConnections } from './unused-connections.js';

export interface RunningService {
  name: string;
  app: NestFastifyApplication;
  /** `http://127.0.0.1:8101` */
  url: string;
  readiness: Readiness;
  /** Stops in order (work, HTTP, connections); calling it again waits for the first call. */
  stop(): Promise<void>;
}

export interface StartOverrides {
  /** 0 takes a free port. */
  port?: number;
  host?: string;
  env?: Record<string, string | undefined>;
  /** Further modules, for tests. */
  imports?: (Type | DynamicModule)[];
}

class RootModule {}

function rootOf(definition: ServiceDefinition, imports: (Type | DynamicModule)[] = []): DynamicModule {
  return { module: RootModule, imports: [definition.module, ...imports] };
}

function reachableUrl(app: NestFastifyApplication): string {
  const { port } = app.getHttpServer().address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}

/** @throws ConfigError with the faults of all given services at once */
export function checkServicesConfig(
  definitions: readonly ServiceDefinition[],
  env: Record<string, string | undefined> = process.env,
): void {
  const own = definitions.flatMap((definition) => [
    portSchema(definition.name, definition.port),
    ...(definition.config ? [definition.config] : []),
  ]);
  checkConfig([ServiceConfig, MessagingConfig, ...own], env);
}

/**
 * Starts a service: its module, HTTP server, answers to questions, health. Resolves when it serves.
 * @throws ConfigError for unusable settings; Error when a route lacks a schema or an access rule
 */
export async function startService(
  definition: ServiceDefinition,
  overrides: StartOverrides = {},
): Promise<RunningService> {
  const env = overrides.env ?? process.env;
  checkServicesConfig([definition], env);
  const config = loadConfig(ServiceConfig, env);
  const ports = loadConfig(portSchema(definition.name, definition.port), env);
  const { adapter, problems } = createHttpAdapter(definition, config);
  const app = await NestFactory.create<NestFastifyApplication>(rootOf(definition, overrides.imports), adapter, {
    logger: new NestLogger(),
    abortOnError: false,
    bodyParser: false,
  });
  const readiness = new Readiness();
  const unused = new UnusedConnections(app.getHttpServer());
  const version = env['MFH_VERSION'] ?? '0.1.0';
  app.useGlobalPipes(new SchemaPipe());
  app.useGlobalFilters(problems);
  try {
    const declared = routesOf(app);
    refuseIncompleteRoutes(declared);
    const healthPaths = definition.healthPaths ?? [];
    const document = openApiDocument(definition.name, version, [
      ...declared,
      ...healthRoutes(healthPaths),
      ...(definition.furtherRoutes ?? []),
    ]);
    adapter.getInstance().get('/internal/openapi.json', { config: { quiet: true } }, () => document);
    serveHealth(adapter.getInstance(), readiness, {
      service: definition.name,
      version,
      mode: config.MFH_MODE,
      paths: healthPaths,
    });
    if (answersQuestions(controllersOf(app))) {
      app.connectMicroservice<MicroserviceOptions>(
        { transport: Transport.NATS, options: questionTransport(definition.name, env) },
        { inheritAppConfig: false },
      );
      await app.startAllMicroservices();
    }
    await app.listen({
      port: overrides.port ?? ports[portVariable(definition.name)] ?? 0,
      host: overrides.host ?? config.MFH_HOST,
    });
  } catch (error) {
    await app.close();
    throw error;
  }
  readiness.serve(app, definition.readiness ?? []);
  const url = reachableUrl(app);
  logger.info({ service: definition.name, url }, 'service started');
  let stopping: Promise<void> | undefined;
  return {
    name: definition.name,
    app,
    url,
    readiness,
    stop: () => (stopping ??= stopInOrder(app, readiness, unused, config.MFH_STOP_TIMEOUT_MS)),
  };
}
