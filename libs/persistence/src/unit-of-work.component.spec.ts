import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Problem, newId, scopeOf } from '#contracts';
import { freshEnvironment } from '#testing';
import { PersistenceConfig } from './config.js';
import { Database } from './database.js';
import { defineCollection } from './define-collection.js';
import type { TenantEntity } from './define-collection.js';
import { ensureIndexes } from './indexes.js';
import { ResourceGuards } from './resource-guards.js';
import { TenantRepository } from './tenant-repository.js';
import { UnitOfWork } from './unit-of-work.js';

interface Item extends TenantEntity {
  name: string;
  count: number;
}
const items = defineCollection<Item>({
  name: 'items',
  domain: 'items',
  title: 'Item',
  fields: { name: String, count: Number },
});
class ItemRepository extends TenantRepository<Item> {
  constructor(database: Database) {
    super(database, items);
  }
}

describe('UnitOfWork', () => {
  const environment = freshEnvironment();
  const database = new Database('unit-of-work', PersistenceConfig.parse(process.env));
  const repository = new ItemRepository(database);
  const guards = new ResourceGuards(database);
  const unitOfWork = new UnitOfWork(database);
  let scope = scopeOf('account:0');
  const add = (name: string): Promise<Item> => repository.insert(scope, { _id: newId('helper'), name, count: 0 });

  beforeAll(async () => {
    await database.connect();
    await ensureIndexes(database);
  });
  beforeEach(() => {
    scope = scopeOf(newId('account'));
  });
  afterAll(async () => {
    await database.close();
    await environment.dispose();
  });

  it('commits everything or, when the work throws, nothing', async () => {
    await unitOfWork.run(async () => {
      await add('one');
      await add('two');
    });
    const refusal = new Problem(403, 'billing.limit_reached', 'no');
    const failing = unitOfWork.run(async () => {
      await add('three');
      throw refusal;
    });
    await expect(failing).rejects.toBe(refusal);
    expect((await repository.list(scope)).map(({ name }) => name)).toEqual(['one', 'two']);
  });

  it('lets nested work join: the outer failure takes it back', async () => {
    const sessions = new Set<unknown>();
    const failing = unitOfWork.run(async (outer) => {
      sessions.add(outer);
      await unitOfWork.run(async (inner) => {
        sessions.add(inner);
        await add('nested');
      });
      throw new Error('outer fails');
    });
    await expect(failing).rejects.toThrow('outer fails');
    expect(sessions.size).toBe(1);
    expect(await repository.count(scope)).toBe(0);
  });

  it('runs after-commit actions once, and never after a rollback', async () => {
    const called: string[] = [];
    await unitOfWork.run(async (session) => {
      unitOfWork.afterCommit(session, () => called.push('committed'));
      await add('x');
    });
    await unitOfWork
      .run((session) => {
        unitOfWork.afterCommit(session, () => called.push('rolled back'));
        return Promise.reject(new Error('no'));
      })
      .catch(() => undefined);
    expect(called).toEqual(['committed']);
  });

  it('retries conflicting transactions until each has counted', async () => {
    const item = await add('counter');
    const increment = (): Promise<Item> =>
      unitOfWork.run(async () => {
        const { count } = await repository.get(scope, item._id);
        return repository.update(scope, item._id, { count: count + 1 });
      });
    await Promise.all(Array.from({ length: 12 }, increment));
    expect(await repository.get(scope, item._id)).toMatchObject({ count: 12, version: 13 });
  });

  it.each([
    ['colliding in the database', {}],
    ['taking turns in the process', { turn: true }],
  ])('holds a limit exactly under parallel creation, %s', async (_case, { turn = false }: { turn?: boolean }) => {
    const limit = 3;
    const create = (): Promise<Item> =>
      unitOfWork.run(
        async (session) => {
          await guards.hold(session, scope, 'items');
          if ((await repository.count(scope)) >= limit) throw new Problem(403, 'billing.limit_reached', 'full');
          return add('limited');
        },
        turn ? { turn: scope.accountId } : {},
      );
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, create));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(limit);
    const codes = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [(outcome.reason as Problem).code] : [],
    );
    expect(new Set(codes)).toEqual(new Set(['billing.limit_reached']));
    expect(await repository.count(scope)).toBe(limit);
  });

  it('refuses a guard outside of a transaction', async () => {
    const session = await database.startSession();
    await expect(guards.hold(session, scope, 'items')).rejects.toThrow('inside a transaction');
    await session.endSession();
  });
});
