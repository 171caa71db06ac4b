import { afterAll, expect, it } from '@jest/globals';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import mongoose from 'mongoose';
import { freshEnvironment } from './fresh-environment.js';

const kept = freshEnvironment();
afterAll(() => kept.dispose());

it('gives each suite its own databases and streams, and disposes of its own only', async () => {
  const gone = freshEnvironment();
  const mongo = await mongoose.createConnection(gone.mongoUrl).asPromise();
  const nats = await connect({ servers: gone.natsUrl });
  const manager = await jetstreamManager(nats);
  try {
    for (const { databasePrefix, streamPrefix } of [kept, gone]) {
      await mongo.useDb(`${databasePrefix}helpers`).createCollection('executions');
      const prefix = streamPrefix.replace(/_$/, '');
      await manager.streams.add({ name: `${streamPrefix}EVENTS`, subjects: [`${prefix}.events.>`] });
    }
    await gone.dispose();
    const databases = (await mongo.listDatabases()).databases.map(({ name }) => name);
    expect(databases).toContain(`${kept.databasePrefix}helpers`);
    expect(databases).not.toContain(`${gone.databasePrefix}helpers`);
    await expect(manager.streams.info(`${kept.streamPrefix}EVENTS`)).resolves.toBeDefined();
    await expect(manager.streams.info(`${gone.streamPrefix}EVENTS`)).rejects.toThrow('stream not found');
  } finally {
    await nats.close();
    await mongo.close();
  }
});

it('runs transactions on the replica set of one', async () => {
  const connection = await mongoose.createConnection(kept.mongoUrl).asPromise();
  const items = connection.useDb(`${kept.databasePrefix}probe`).collection('items');
  try {
    await connection.transaction(async (session) => {
      await items.insertOne({ name: 'kept' }, { session });
    });
    expect(await items.countDocuments()).toBe(1);
  } finally {
    await connection.close();
  }
});
