import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, scopeOf } from '#contracts';
import { freshEnvironment } from '#testing';
import type { Collection } from './collection.js';
import { PersistenceConfig } from './config.js';
import { Database } from './database.js';
import { defineCollection } from './define-collection.js';
import type { TenantEntity } from './define-collection.js';
import { ensureIndexes, indexFaults } from './indexes.js';
import { isDuplicateKey } from './mongo-errors.js';
import { StateMachine } from './state-machine.js';
import { TenantRepository } from './tenant-repository.js';

interface Note extends TenantEntity {
  text: string;
  status: 'draft' | 'sent' | 'read';
  config: Record<string, unknown>;
}

const notes = defineCollection<Note>({
  name: 'notes',
  domain: 'notes',
  title: 'Note',
  fields: { text: String, status: String, config: Object },
  indexes: [{ keys: { account_id: 1, text: 1 }, options: { unique: true } }],
});

class NoteRepository extends TenantRepository<Note> {
  constructor(database: Database) {
    super(database, notes);
  }
}

const machine = new StateMachine<Note['status']>('notes', { draft: ['sent'], sent: ['read'], read: [] });
const mine = scopeOf('account:mine');
const foreign = scopeOf('account:foreign');

describe('TenantRepository', () => {
  const environment = freshEnvironment();
  const database = new Database('tenant-test', PersistenceConfig.parse(process.env));
  const repository = new NoteRepository(database);
  const add = (text: string, scope = mine): Promise<Note> =>
    repository.insert(scope, { _id: newId('helper'), text, status: 'draft', config: { keep: {} } });

  beforeAll(async () => {
    await database.connect();
    expect(await indexFaults(database)).toEqual(['index notes {"account_id":1,"text":1} is missing']);
    await ensureIndexes(database);
    await ensureIndexes(database);
    expect(await indexFaults(database)).toEqual([]);
  });

  afterAll(async () => {
    await database.close();
    await environment.dispose();
  });

  it('stores with account, version and times, and reads the same back', async () => {
    const stored = await add('first');
    expect(stored).toMatchObject({ account_id: 'account:mine', version: 1, text: 'first', config: { keep: {} } });
    expect(await repository.get(mine, stored._id)).toEqual(stored);
  });

  it('hides the documents of another account from every method', async () => {
    const stored = await add('hidden');
    const notFound = { status: 404, code: 'notes.not_found', message: 'Note not found' };
    expect(await repository.find(foreign, stored._id)).toBeNull();
    expect(await repository.list(foreign)).toEqual([]);
    expect(await repository.count(foreign)).toBe(0);
    expect(await repository.aggregate(foreign, [{ $match: {} }])).toEqual([]);
    expect(await repository.updateWhere(foreign, {}, { $set: { text: 'x' } })).toMatchObject({ matched: 0 });
    expect(await repository.deleteWhere(foreign, {})).toBe(0);
    await expect(repository.get(foreign, stored._id)).rejects.toMatchObject(notFound);
    await expect(repository.update(foreign, stored._id, { text: 'x' })).rejects.toMatchObject(notFound);
    await expect(repository.delete(foreign, stored._id)).rejects.toMatchObject(notFound);
    const move = { machine, field: 'status', to: 'sent' } as const;
    await expect(repository.transition(foreign, stored._id, move)).rejects.toMatchObject(notFound);
    const disguised = { account_id: 'account:mine' };
    expect(await repository.list(foreign, disguised)).toEqual([]);
    expect(await repository.find(mine, stored._id)).toEqual(stored);
  });

  it('refuses a change of a version that is no longer current', async () => {
    const stored = await add('versioned');
    const changed = await repository.update(mine, stored._id, { text: 'versioned 2' }, { version: 1 });
    expect(changed).toMatchObject({ version: 2, text: 'versioned 2' });
    await expect(repository.update(mine, stored._id, { text: 'lost' }, { version: 1 })).rejects.toMatchObject({
      status: 412,
      code: 'resource.version_conflict',
    });
  });

  it('moves a state once, however many try', async () => {
    const stored = await add('moving');
    const tries = Array.from({ length: 10 }, () =>
      repository.transition(mine, stored._id, { machine, field: 'status', to: 'sent', set: { config: { by: 'one' } } }),
    );
    const outcomes = await Promise.allSettled(tries);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const refused = outcomes.find((outcome) => outcome.status === 'rejected');
    expect(refused?.reason).toMatchObject({
      status: 409,
      code: 'notes.transition_not_allowed',
      data: { from: 'sent', to: 'sent' },
    });
  });

  it('refuses undeclared fields on write and in filters, instead of ignoring them', async () => {
    const wrong = { _id: newId('helper'), text: 'w', status: 'draft', config: {}, txet: 'typo' } as const;
    await expect(repository.insert(mine, wrong)).rejects.toThrow('txet');
    await expect(repository.deleteWhere(mine, { txet: 'typo' } as never)).rejects.toThrow('txet');
    await expect(repository.updateWhere(mine, {}, { $set: { txet: 1 } } as never)).rejects.toThrow('txet');
  });

  it('names the colliding key of a unique index', async () => {
    await add('twice');
    const refusal = await add('twice').catch((error: unknown) => error);
    expect(isDuplicateKey(refusal) && refusal.key).toEqual({ account_id: 'account:mine', text: 'twice' });
  });

  it('inserts many in one command and tells which were refused', async () => {
    const now = new Date();
    const note = (text: string): Note => ({
      _id: newId('helper'),
      account_id: 'account:bulk',
      text,
      status: 'draft',
      config: {},
      version: 1,
      created_at: now,
      updated_at: now,
    });
    const outcome = await repository.system('bulk test').insertMany([note('a'), note('b'), note('a'), note('c')]);
    expect(outcome.inserted).toBe(3);
    expect([...outcome.refused.keys()]).toEqual([2]);
    expect(isDuplicateKey(outcome.refused.get(2))).toBe(true);
    const stored: Note[] = [];
    for await (const found of repository.system('bulk test').walk({ account_id: 'account:bulk' })) stored.push(found);
    expect(stored.map(({ text }) => text).sort()).toEqual(['a', 'b', 'c']);
  });

  it('gives one collection object for one declaration', () => {
    const again: Collection<Note> = database.collection(notes);
    expect(again).toBe(database.collection(notes));
  });
});
