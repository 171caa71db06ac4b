import { jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { CloudEvent } from '#contracts';
import { freshEnvironment, waitFor } from '#testing';

describe('Outbox', () => {
  const environment = freshEnvironment();
  let parts: Awaited<ReturnType<typeof start>>;

  /** Imported late: subjects take their prefix from the environment of this suite. */
  async function start() {
    const { defineEvent, subjects } = await import('#contracts');
    const messaging = await import('#messaging');
    const persistence = await import('./index.js');

    @Module({
      imports: [
        messaging.MessagingModule.forService('outbox-test'),
        persistence.PersistenceModule.forService('outbox-test'),
      ],
    })
    class TestModule {}

    const app = await NestFactory.createApplicationContext(TestModule, { logger: false });
    const fact = defineEvent({
      domain: 'tests',
      entity: 'thing',
      fact: 'happened',
      summary: 'Something happened',
      data: z.object({ count: z.number() }),
    });
    return {
      app,
      fact,
      stream: subjects.stream('EVENTS'),
      unitOfWork: app.get(persistence.UnitOfWork),
      outbox: app.get(persistence.Outbox),
      relay: app.get(persistence.OutboxRelay),
      database: app.get(persistence.Database),
      readiness: app.get(persistence.MongoReadiness),
      publisher: app.get(messaging.EventPublisher),
      entries: app.get(persistence.Database).collection((await import('./outbox-entry.js')).outboxEntries),
      nats: app.get<NatsConnection>(messaging.NATS_CONNECTION),
    };
  }

  async function published(): Promise<CloudEvent<{ count: number }>[]> {
    const manager = await jetstreamManager(parts.nats);
    const { state } = await manager.streams.info(parts.stream);
    const events: CloudEvent<{ count: number }>[] = [];
    for (let seq = state.first_seq; seq > 0 && seq <= state.last_seq; seq += 1) {
      const message = await manager.streams.getMessage(parts.stream, { seq });
      if (message) events.push(message.json());
    }
    return events;
  }

  const add = (count: number): Promise<string> =>
    parts.unitOfWork.run((session) =>
      parts.outbox.add(session, parts.fact, { accountId: 'account:1', subject: 'thing:1', data: { count } }),
    );

  beforeAll(async () => {
    parts = await start();
  });
  afterAll(async () => {
    await parts.app.close();
    await environment.dispose();
  });

  it('the module connects, makes its indexes and is ready', async () => {
    await parts.readiness.checkReadiness();
    expect(parts.database.name).toBe(`${environment.databasePrefix}outbox_test`);
  });

  it('publishes after the commit, in order, with the entry id as message id, and cleans up', async () => {
    const ids: string[] = [];
    for (let count = 1; count <= 5; count += 1) ids.push(await add(count));
    const events = await waitFor(async () => {
      const seen = await published();
      return seen.length === 5 && seen;
    });
    expect(events.map(({ id }) => id)).toEqual(ids);
    expect(events[0]).toMatchObject({
      type: 'mfh.tests.thing.happened.v1',
      accountid: 'account:1',
      data: { count: 1 },
    });
    await waitFor(async () => (await parts.entries.count({})) === 0);
  });

  it('publishes nothing of a transaction that was rolled back', async () => {
    const before = (await published()).length;
    const failing = parts.unitOfWork.run(async (session) => {
      await parts.outbox.add(session, parts.fact, { subject: 'thing:1', data: { count: 99 } });
      throw new Error('rolled back');
    });
    await expect(failing).rejects.toThrow('rolled back');
    await add(6);
    await waitFor(async () => (await published()).length === before + 1);
    expect((await published()).map(({ data }) => data.count)).not.toContain(99);
  });

  it('refuses an event outside of a transaction and data that does not fit its schema', async () => {
    const session = await parts.database.startSession();
    const event = { subject: 'thing:1', data: { count: 1 } };
    await expect(parts.outbox.add(session, parts.fact, event)).rejects.toThrow('inside a transaction');
    await session.endSession();
    await expect(add('many' as never)).rejects.toThrow();
  });

  it('an entry left behind by a process that died, even after publishing it, becomes one message', async () => {
    const before = (await published()).length;
    const id = await add(7);
    await waitFor(async () => (await published()).length === before + 1);
    const event = (await published()).at(-1);
    // As if the process had died between the broker's acknowledgement and the removal.
    const { stamped } = await import('./versioning.js');
    await waitFor(async () => (await parts.entries.count({})) === 0);
    await parts.entries.insertOne(stamped({ _id: id, subject: parts.fact.subject(), event }));
    // As if it had died right after the commit.
    const lost = { ...event, id: 'evt_0lost' };
    await parts.entries.insertOne(stamped({ _id: 'evt_0lost', subject: parts.fact.subject(), event: lost }));
    await waitFor(async () => (await parts.entries.count({})) === 0);
    expect((await published()).map((seen) => seen.id).slice(before)).toEqual([id, 'evt_0lost']);
  });
});
