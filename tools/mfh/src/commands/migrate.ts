import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Database, ensureIndexes } from '#persistence';
import type { ServiceDefinition } from '#service-defaults';
import { loadServices } from '../../../../apps/standalone/src/service-list.js';
import { say, type Command } from '../command.js';

export const migrate: Command = {
  words: 'migrate',
  usage: '',
  summary: 'Creates missing collections and indexes of every service; safe to repeat and to run beside services.',
  run: async () => {
    for (const service of await loadServices()) say(`${service.name}: ${await migrateService(service)}`);
  },
};

/**
 * Builds the service's objects, which declares its collections, without starting it: no consumer, no port.
 */
async function migrateService(service: ServiceDefinition): Promise<string> {
  const app = await NestFactory.create(service.module, new FastifyAdapter(), { logger: false, abortOnError: false });
  try {
    const database = app.get(Database, { strict: false });
    await database.connect();
    await ensureIndexes(database);
    return `${database.collections().length} collections are up to date in ${database.name}`;
  } finally {
    await app.close();
  }
}
