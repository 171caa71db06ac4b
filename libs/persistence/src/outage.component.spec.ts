import { createServer, connect } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, scopeOf } from '#contracts';
import { freshEnvironment, waitFor } from '#testing';
import { PersistenceConfig } from './config.js';
import { Database } from './database.js';
import { defineCollection } from './define-collection.js';
import type { TenantEntity } from './define-collection.js';
import { ensureIndexes } from './indexes.js';
import { MongoReadiness } from './mongo-readiness.js';
import { TenantRepository } from './tenant-repository.js';
import { UnitOfWork } from './unit-of-work.js';

/** Stands between the driver and MongoDB, so that a test can cut or freeze the line. */
class Line {
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  #frozen = false;
  port = 0;

  constructor(private readonly target: URL) {}

  async open(): Promise<void> {
    this.#frozen = false;
    this.#server = createServer((client) => {
      const upstream = connect(Number(this.target.port), this.target.hostname);
      for (const [from, to] of [
        [client, upstream],
        [upstream, client],
      ] as const) {
        this.#sockets.add(from);
        from.on('data', (chunk: Buffer) => this.#frozen || to.write(chunk));
        from.on('close', () => to.destroy());
        from.on('error', () => to.destroy());
      }
    });
    await new Promise<void>((resolve) => this.#server?.listen(this.port, '127.0.0.1', resolve));
    this.port = (this.#server.address() as AddressInfo).port;
  }

  freeze(): void {
    this.#frozen = true;
  }

  async cut(): Promise<void> {
    const closed = new Promise((resolve) => this.#server?.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets.clear();
    await closed;
  }
}

interface Row extends TenantEntity {
  name: string;
}
const rows = defineCollection<Row>({ name: 'rows', domain: 'rows', title: 'Row', fields: { name: String } });
class RowRepository extends TenantRepository<Row> {
  constructor(database: Database) {
    super(database, rows);
  }
}

describe('Without MongoDB', () => {
  const environment = freshEnvironment();
  const line = new Line(new URL(environment.mongoUrl.replace(/^mongodb/, 'http')));
  const scope = scopeOf('account:outage');
  let database: Database;
  let repository: RowRepository;
  let unitOfWork: UnitOfWork;
  const insert = (): Promise<Row> => repository.insert(scope, { _id: newId('helper'), name: 'row' });

  async function expectUnavailable(work: () => Promise<unknown>): Promise<void> {
    const started = performance.now();
    await expect(work()).rejects.toMatchObject({ status: 503, code: 'generic.unavailable' });
    expect(performance.now() - started).toBeLessThan(2_000);
  }

  beforeAll(async () => {
    await line.open();
    const url = `mongodb://127.0.0.1:${line.port}/?directConnection=true`;
    database = new Database('outage', PersistenceConfig.parse({ ...process.env, MFH_MONGO_URL: url }));
    repository = new RowRepository(database);
    unitOfWork = new UnitOfWork(database);
  });
  afterAll(async () => {
    await database.close();
    await line.cut();
    await environment.dispose();
  });

  it('a service that starts first answers 503 and is ready as soon as MongoDB is there', async () => {
    await line.cut();
    void database.connect();
    await expectUnavailable(insert);
    await expectUnavailable(() => new MongoReadiness(database).checkReadiness());
    await line.open();
    await database.connect();
    await ensureIndexes(database);
    const readiness = new MongoReadiness(database);
    await expectUnavailable(() => readiness.checkReadiness());
    readiness.prepared();
    await readiness.checkReadiness();
    await insert();
  });

  it.each([
    ['refuses connections', () => line.cut(), () => line.open()],
    [
      'hangs without closing them',
      () => Promise.resolve(line.freeze()),
      async () => {
        await line.cut();
        await line.open();
      },
    ],
  ])('calls and transactions end with 503 within 2 s while it %s, and work again after', async (_case, stop, start) => {
    const before = await repository.count(scope);
    await stop();
    await Promise.all([
      expectUnavailable(insert),
      expectUnavailable(() => repository.list(scope)),
      expectUnavailable(() => unitOfWork.run(insert)),
    ]);
    await start();
    await waitFor(() =>
      insert().then(
        () => true,
        () => false,
      ),
    );
    expect(await repository.count(scope)).toBeGreaterThan(before);
  });

  it('a transaction that loses the line in the middle ends with 503 within 2 s and leaves nothing', async () => {
    const before = await repository.count(scope);
    await expectUnavailable(() =>
      unitOfWork.run(async () => {
        await insert();
        await line.cut();
        await insert();
      }),
    );
    await line.open();
    await waitFor(() =>
      repository.count(scope).then(
        (count) => count === before,
        () => false,
      ),
    );
  });
});
