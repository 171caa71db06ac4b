import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { defineCollection, Database, PersistenceConfig, type Collection, type StoredDocument } from '#persistence';
import { Sealer } from '#sealing';
import { freshEnvironment } from '#testing';
import { rotateCollection } from './rotate-collection.js';

const key = (id: string, fill: number) => ({ id, key: Buffer.alloc(32, fill) });
const before = new Sealer([key('old', 1)]);
const both = new Sealer([key('new', 2), key('old', 1)]);
const after = new Sealer([key('new', 2)]);

interface Kept extends StoredDocument {
  account_id: string;
  config: Record<string, unknown>;
}
const kept = defineCollection<Kept>({
  name: 'kept',
  domain: 'kept',
  title: 'Kept',
  fields: { config: Object } as never,
});

const environment = freshEnvironment();
let database: Database;
let collection: Collection<Kept>;
beforeAll(async () => {
  database = new Database('rotation', PersistenceConfig.parse(process.env));
  await database.connect();
  collection = database.collection(kept);
});
afterAll(async () => {
  await database.close();
  await environment.dispose();
});

const rotated = (options: { after?: string; onBatch?: (last: string) => Promise<void> } = {}) =>
  rotateCollection(collection as unknown as Collection<StoredDocument>, both, {
    batch: 2,
    dryRun: false,
    onBatch: () => Promise.resolve(),
    ...options,
  });
const configOf = async (id: string): Promise<Record<string, unknown> | undefined> =>
  (await collection.findOne({ _id: id }))?.config;

it('wraps in batches, also under names that no path can say, and goes on where it was stopped', async () => {
  const sealed = await before.seal('secret', 'account:1');
  for (const id of ['a', 'b', 'c', 'd']) {
    await collection.native.insertOne({
      _id: id,
      account_id: 'account:1',
      config: { token: sealed, 'odd.name': { $token: sealed }, plain: 'x' },
    } as never);
  }
  const reached: string[] = [];
  const stopped = rotated({
    onBatch: (last) => {
      reached.push(last);
      return Promise.reject(new Error('stopped'));
    },
  });
  await expect(stopped).rejects.toThrow('stopped');
  expect(reached).toEqual(['b']);
  expect(await rotated({ after: 'b' })).toEqual({ documents: 2, rewrapped: 4, missed: 0, unreadable: 0 });
  expect(await rotated()).toMatchObject({ documents: 4, rewrapped: 0 });
  for (const id of ['a', 'd']) {
    const config = await configOf(id);
    const odd = config?.['odd.name'] as { $token: string };
    expect(config?.['plain']).toBe('x');
    for (const text of [config?.['token'], odd.$token])
      expect(await after.open(String(text), 'account:1')).toBe('secret');
  }
});

it('leaves what somebody changed meanwhile', async () => {
  await collection.deleteMany({});
  const sealed = await before.seal('earlier', 'account:1');
  await collection.native.insertOne({ _id: 'e', account_id: 'account:1', config: { token: sealed } } as never);
  const newer = await after.seal('later', 'account:1');
  const slow = {
    needsRewrap: (text: string) => both.needsRewrap(text),
    rewrap: async (text: string, aad: string) => {
      await collection.native.updateOne({ _id: 'e' } as never, { $set: { 'config.token': newer } });
      return both.rewrap(text, aad);
    },
  } as unknown as Sealer;
  const options = { batch: 10, dryRun: false, onBatch: () => Promise.resolve() };
  const result = await rotateCollection(collection as unknown as Collection<StoredDocument>, slow, options);
  expect(result).toMatchObject({ rewrapped: 1, missed: 1 });
  expect((await configOf('e'))?.['token']).toBe(newer);
});
