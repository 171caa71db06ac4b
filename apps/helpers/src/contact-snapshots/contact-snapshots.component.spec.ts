import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { newId, scopeOf } from '#contracts';
import { Database, ensureIndexes, PersistenceConfig } from '#persistence';
import { freshEnvironment } from '#testing';
import { ContactSnapshotsRepository } from './contact-snapshots.repository.js';

const environment = freshEnvironment();
const database = new Database('contact-snapshots', PersistenceConfig.parse(process.env));
const snapshots = new ContactSnapshotsRepository(database);
const account = newId('account');

const request = (id: string, contactId: string) => ({
  account_id: account,
  snapshot_id: id.padStart(32, '0'),
  contact_id: contactId,
  helper_id: 'helper:h1',
  execution_id: 'exec:e1',
  taken_at: '2026-03-10T15:30:00Z',
  keep_until: '2099-01-01T00:00:00Z',
  data: { email: 'ada@example.com', custom_fields: { 'a.b': 1, $c: 2 }, tags: [] },
});

beforeAll(async () => {
  await database.connect();
  await ensureIndexes(database);
});
afterAll(async () => {
  await database.close();
  await environment.dispose();
});

it('keeps a snapshot once, as it was, for its account only', async () => {
  const one = request('1', 'c1');
  expect([await snapshots.keep(one), await snapshots.keep({ ...one, data: {} })]).toEqual([true, false]);
  expect((await snapshots.get(scopeOf(account), one.snapshot_id)).data).toEqual(one.data);
  expect(await snapshots.find(scopeOf(newId('account')), one.snapshot_id)).toBeNull();
});

it('forgets a contact', async () => {
  await snapshots.keep(request('2', 'c2'));
  await snapshots.keep(request('3', 'c2'));
  expect(await snapshots.forget(scopeOf(account), 'c2')).toBe(2);
  expect(await snapshots.list(scopeOf(account), { contact_id: 'c1' })).toHaveLength(1);
});
