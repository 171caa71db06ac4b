import type { INestApplicationContext } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { isReadinessCheck, type ReadinessCheck } from '#telemetry';
import type { RouteDescription } from './routes.js';

const CHECK_LIMIT_MS = 1000;

export interface CheckResult {
  status: 'ok' | 'unavailable';
  message?: string;
}

export interface ReadinessReport {
  status: 'ok' | 'unavailable';
  checks: Record<string, CheckResult>;
}

/** All providers of an application that pass a test, each once. */
export function providersWhere<T>(app: INestApplicationContext, test: (candidate: unknown) => candidate is T): T[] {
  const found = new Set<T>();
  for (const module of app.get(ModulesContainer).values()) {
    for (const wrapper of [...module.providers.values(), ...module.controllers.values()]) {
      const instance: unknown = wrapper.instance;
      if (test(instance)) found.add(instance);
    }
  }
  return [...found];
}

async function ask(check: ReadinessCheck): Promise<CheckResult> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${CHECK_LIMIT_MS} ms`)), CHECK_LIMIT_MS);
  });
  try {
    await Promise.race([check.checkReadiness(), limit]);
    return { status: 'ok' };
  } catch (error) {
    return { status: 'unavailable', message: error instanceof Error ? error.message : String(error) };
  } finally {
    clearTimeout(timer);
  }
}

/** Knows whether a process should get requests: all its dependencies answer and it is not stopping. */
export class Readiness {
  private checks: ReadinessCheck[] = [];
  private state: 'starting' | 'serving' | 'stopping' = 'starting';

  /** Finds the checks among the providers; from now on the process may be ready. */
  serve(app: INestApplicationContext, extra: readonly ReadinessCheck[]): void {
    this.checks = [...extra, ...providersWhere(app, isReadinessCheck)];
    this.state = 'serving';
  }

  /** From now on the process is not ready, whatever its dependencies say. */
  stop(): void {
    this.state = 'stopping';
  }

  async report(): Promise<ReadinessReport> {
    const results = await Promise.all(
      this.checks.map(async (check) => [check.readinessName, await ask(check)] as const),
    );
    const checks: Record<string, CheckResult> = Object.fromEntries(results);
    if (this.state !== 'serving') checks['process'] = { status: 'unavailable', message: this.state };
    const ready = Object.values(checks).every(({ status }) => status === 'ok');
    return { status: ready ? 'ok' : 'unavailable', checks };
  }
}

const ServiceHealth = z
  .object({ service: z.string(), version: z.string(), stage: z.string(), timestamp: z.iso.datetime() })
  .meta({ id: 'ServiceHealth' });

/** The health paths as the API reference shows them. */
export const healthRoutes = (paths: readonly string[]): RouteDescription[] =>
  paths.map((path) => ({
    method: 'GET',
    path,
    controller: 'HealthController',
    handler: 'health',
    parameters: [],
    settings: {
      auth: { access: 'public' },
      api: { summary: 'Whether the service answers', answer: ServiceHealth, tags: ['health'] },
    },
  }));

/** Adds `/livez`, `/readyz` and the enveloped `<prefix>/health` paths. */
export function serveHealth(
  server: FastifyInstance,
  readiness: Readiness,
  { service, version, mode, paths }: { service: string; version: string; mode: string; paths: readonly string[] },
): void {
  const config = { quiet: true };
  server.get('/livez', { config }, () => ({ status: 'ok' }));
  server.get('/readyz', { config }, async (_request, reply) => {
    const report = await readiness.report();
    return reply.code(report.status === 'ok' ? 200 : 503).send(report);
  });
  for (const path of paths) {
    server.get(path, { config }, () => ({
      success: true,
      message: 'OK',
      data: { service, version, stage: mode, timestamp: new Date().toISOString() },
    }));
  }
}
