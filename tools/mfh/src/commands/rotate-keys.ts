import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { parseArgs } from 'node:util';
import { Database } from '#persistence';
import { sealerFromEnvironment, type Sealer } from '#sealing';
import type { ServiceDefinition } from '#service-defaults';
import { loadServices } from '../../../../apps/standalone/src/service-list.js';
import { withBroker } from '../broker.js';
import { OperatorError, say, UsageError, type Command } from '../command.js';
import { rotateCollection, type Rotated } from '../rotate-keys/rotate-collection.js';
import { rotateJournal } from '../rotate-keys/rotate-journal.js';
import { RotationProgress } from '../rotate-keys/rotation-progress.js';
import { formatTable } from '../table.js';

const DEFAULT_BATCH = 200;
/** Services write on meanwhile, and may put an older text back: rounds are made until one finds nothing. */
const MOST_ROUNDS = 10;

export const rotateKeys: Command = {
  words: 'rotate-keys',
  usage: '[--check] [--batch N]',
  summary:
    'Wraps every sealed secret by the first key of MFH_SEALING_KEYS, beside running services; can be stopped and ' +
    'started again. --check only counts what other keys still hold, and fails while there is any.',
  run: async (args) => {
    const { values } = parseArgs({
      args,
      options: {
        check: { type: 'boolean', default: false },
        batch: { type: 'string', default: String(DEFAULT_BATCH) },
      },
    });
    const batch = Number(values.batch);
    if (!Number.isInteger(batch) || batch < 1) throw new UsageError('--batch must be a number from 1 on');
    await withDatabases(async (databases) => {
      const rotation = { databases, sealer: sealerFromEnvironment(), batch, dryRun: values.check };
      if (values.check) return check(rotation);
      for (let round = 1; round <= MOST_ROUNDS; round += 1) {
        const found = await oneRound(rotation);
        if (found.rewrapped === 0) return say('Nothing is sealed by an older key: it can be taken out.');
        say(`Round ${round}: ${found.rewrapped} secrets, ${found.missed} changed meanwhile.`);
      }
      throw new OperatorError('Secrets are still being sealed by an older key: does every service have the new list?');
    });
  },
};

interface Rotation {
  databases: readonly Database[];
  sealer: Sealer;
  batch: number;
  dryRun: boolean;
}

async function check(rotation: Rotation): Promise<void> {
  const { rewrapped } = await oneRound(rotation);
  if (rewrapped > 0) throw new OperatorError(`${rewrapped} secrets need an older key: run mfh rotate-keys.`);
  say('Nothing is sealed by an older key: it can be taken out.');
}

/** Every collection of every service, then the journal; says what was found. */
async function oneRound({ databases, sealer, batch, dryRun }: Rotation): Promise<Rotated> {
  const rows: [string, Rotated][] = [];
  for (const database of databases) {
    const progress = await RotationProgress.of(database, sealer.currentKeyId);
    for (const collection of database.collections()) {
      if (progress.isItself(collection.name)) continue;
      const after = dryRun ? undefined : progress.after(collection.name);
      const onBatch = (last: string) => progress.reached(collection.name, last);
      const rotated = await rotateCollection(collection, sealer, { batch, dryRun, after, onBatch });
      rows.push([`${database.service} ${collection.name}`, rotated]);
    }
    if (!dryRun) await progress.done();
  }
  const accountOf = accountFinder(databases);
  const journal = await withBroker((broker) => rotateJournal(broker, sealer, accountOf, { batch, dryRun }));
  rows.push(['EFFECTS', journal]);
  const shown = rows.filter(([, { rewrapped, unreadable }]) => rewrapped + unreadable > 0);
  if (shown.length > 0) {
    const table = shown.map(([where, row]) => [where, row.documents, row.rewrapped, row.missed, row.unreadable]);
    say(formatTable([['where', 'looked at', 'by older keys', 'missed', 'unreadable'], ...table]));
  }
  return rows.reduce((sum, [, row]) => added(sum, row), { documents: 0, rewrapped: 0, missed: 0, unreadable: 0 });
}

const added = (a: Rotated, b: Rotated): Rotated => ({
  documents: a.documents + b.documents,
  rewrapped: a.rewrapped + b.rewrapped,
  missed: a.missed + b.missed,
  unreadable: a.unreadable + b.unreadable,
});

/** Executions and dead letters know the account that a journal belongs to. */
function accountFinder(databases: readonly Database[]): (executionId: string) => Promise<string | undefined> {
  const collections = databases.flatMap((database) => database.collections());
  const [executions, deadLetters] = ['executions', 'dead_letters'].map(
    (name) => collections.find((collection) => collection.name === name)?.native,
  );
  return async (executionId) => {
    const found =
      (await executions?.findOne({ _id: executionId as never }, { projection: { account_id: 1 } })) ??
      (await deadLetters?.findOne({ execution_id: executionId } as object, { projection: { account_id: 1 } }));
    const account: unknown = found?.['account_id'];
    return typeof account === 'string' ? account : undefined;
  };
}

/** Builds the services' objects, which declares their collections, without starting them. */
async function withDatabases(work: (databases: readonly Database[]) => Promise<void>): Promise<void> {
  const apps = await Promise.all((await loadServices()).map(build));
  try {
    const databases = apps.map((app) => app.get(Database, { strict: false }));
    await Promise.all(databases.map((database) => database.connect()));
    await work(databases);
  } finally {
    await Promise.all(apps.map((app) => app.close()));
  }
}

const build = (service: ServiceDefinition) =>
  NestFactory.create(service.module, new FastifyAdapter(), { logger: false, abortOnError: false });
