import { freshEnvironment, waitFor } from '#testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { CloudEvent, EventData } from '#contracts';
import type { ErasureDue } from '#persistence';
import type { RunningService } from '#service-defaults';

const environment = freshEnvironment();

/** Imported late: subjects take their prefix from the environment of this suite. */
const load = async () => ({
  contracts: await import('#contracts'),
  messaging: await import('#messaging'),
  persistence: await import('#persistence'),
  defaults: await import('#service-defaults'),
  gateway: (await import('../../gateway/src/service.js')).service,
  others: await (await import('./service-list.js')).loadServices(),
});

let parts: Awaited<ReturnType<typeof load>>;
let running: { name: string; service: RunningService }[];

let objects: string;

beforeAll(async () => {
  objects = await mkdtemp(join(tmpdir(), 'erasure-'));
  process.env['MFH_OBJECTS_FOLDER'] = objects;
  parts = await load();
  running = [];
  for (const definition of [parts.gateway, ...parts.others]) {
    const service = await parts.defaults.startService(definition, { port: 0, host: '127.0.0.1' });
    running.push({ name: definition.name, service });
  }
  // Seven services load their code and make their indexes here, perhaps on a machine that does other things.
}, 120_000);
afterAll(async () => {
  for (const { service } of running) await service.stop();
  delete process.env['MFH_OBJECTS_FOLDER'];
  await rm(objects, { recursive: true, force: true });
  await environment.dispose();
});

const collectionsOf = ({ service }: { service: RunningService }) =>
  service.app.get(parts.persistence.Database).collections();

it('says of every collection of every service what becomes of it', () => {
  const undecided = running.flatMap((each) =>
    service(each)
      .undecided()
      .map((name) => `${each.name}: ${name}`),
  );
  expect(undecided).toEqual([]);
});

it('waits for the report of every service that has a database', () => {
  const names = running.map(({ name }) => name);
  expect(names.toSorted()).toEqual([...parts.contracts.ERASING_SERVICES].toSorted());
});

const service = (each: { service: RunningService }) => each.service.app.get(parts.persistence.AccountEraser);

/** A document that a filter of a rule is meant for: equalities, `$in` and dotted names are all that rules use. */
function documentFor(filter: Record<string, unknown>, id: string): Record<string, unknown> {
  const document: Record<string, unknown> = { _id: id };
  for (const [name, wanted] of Object.entries(filter)) {
    const value = (wanted as { $in?: unknown[] }).$in?.[0] ?? wanted;
    const [first = name, second] = name.split('.');
    document[first] = second === undefined ? value : { [second]: value };
  }
  return document;
}

/** One document for each filter of each rule of a service. */
async function fill(each: { name: string; service: RunningService }, due: ErasureDue): Promise<number> {
  let count = 0;
  for (const { definition, native } of collectionsOf(each)) {
    const rule = definition.erasure;
    if (rule === undefined || 'keptBecause' in rule) continue;
    for (const filter of rule.matching(due)) {
      const id = `${due.accountId} ${(count += 1)}`;
      // Unique indexes of fields that a document lacks would meet each other: each gets its own.
      const unique = definition.indexes.filter(({ options }) => options?.unique === true);
      const own = Object.fromEntries(unique.flatMap(({ keys }) => Object.keys(keys)).map((key) => [key, id]));
      await native.insertOne({ ...own, ...documentFor(filter as Record<string, unknown>, id) } as never);
    }
  }
  return count;
}

async function left(each: { service: RunningService }, due: ErasureDue): Promise<number> {
  let count = 0;
  for (const { definition, native } of collectionsOf(each)) {
    const rule = definition.erasure;
    if (rule === undefined || 'keptBecause' in rule) continue;
    for (const filter of rule.matching(due)) count += await native.countDocuments(filter as never);
  }
  return count;
}

it('erases an account from every service and nothing of another, and each proves it', async () => {
  const { newId, events, subjects } = parts.contracts;
  const due = { accountId: newId('account'), userIds: [newId('user')] };
  const other = { accountId: newId('account'), userIds: [newId('user')] };
  const filled = new Map<string, number>();
  for (const each of running) {
    filled.set(each.name, await fill(each, due));
    await fill(each, other);
  }
  const { objectKey, ObjectStoreConfig, openObjectStore } = await import('#object-store');
  const store = openObjectStore(ObjectStoreConfig.parse({ MFH_OBJECTS_FOLDER: objects }));
  const fileOf = ({ accountId }: ErasureDue) => objectKey(accountId, 'exec:1', 'report.csv');
  const file = { name: 'report.csv', contentType: 'text/csv', bytes: Buffer.from('a,b') };
  for (const each of [due, other]) await store.put(fileOf(each), file);
  const [first] = running;
  if (first === undefined) throw new Error('no service is running');
  const { app } = first.service;
  await app.get(parts.messaging.EventPublisher).publish(events.accountErasureDue, {
    subject: due.accountId,
    accountId: due.accountId,
    data: { account_id: due.accountId, erasure_id: newId('ers'), user_ids: due.userIds },
  });
  type Report = EventData<typeof events.accountErasureReported>;
  const { jetstreamManager } = await import('@nats-io/jetstream');
  const manager = await jetstreamManager(app.get(parts.messaging.NATS_CONNECTION));
  const reports = await waitFor(
    async () => {
      const found: Report[] = [];
      const stream = subjects.stream('EVENTS');
      const { state } = await manager.streams.info(stream);
      for (let seq = state.first_seq; seq <= state.last_seq; seq += 1) {
        const event = (await manager.streams.getMessage(stream, { seq }))?.json<CloudEvent<Report>>();
        if (event?.type === events.accountErasureReported.type) found.push(event.data);
      }
      return found.length >= running.length && found;
    },
    { what: 'a report of each service', deadlineMs: 20_000 },
  );
  expect(reports.map(({ service: name }) => name).toSorted()).toEqual(running.map(({ name }) => name).toSorted());
  expect([await store.get(fileOf(due)), await store.get(fileOf(other))]).toEqual([null, file]);
  const files = new Map([['helpers', 1]]);
  for (const each of running) {
    const report = reports.find(({ service: name }) => name === each.name);
    const removed = Object.values(report?.erased ?? {}).reduce((sum, count) => sum + count, 0);
    const expected = (filled.get(each.name) ?? 0) + (files.get(each.name) ?? 0);
    expect([each.name, removed, await left(each, due)]).toEqual([each.name, expected, 0]);
    expect([each.name, await left(each, other)]).toEqual([each.name, filled.get(each.name)]);
    const mentioned = [...Object.keys(report?.erased ?? {}), ...Object.keys(report?.kept ?? {})];
    expect(mentioned.toSorted()).toEqual(
      [
        ...collectionsOf(each).map(({ name }) => name),
        ...each.service.app
          .get(parts.persistence.ErasureSteps)
          .all()
          .map(({ name }) => name),
      ].toSorted(),
    );
  }
});
