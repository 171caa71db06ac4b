import { jetstreamManager, jetstream, type JsMsg } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import mongoose from 'mongoose';
import type { RunningSystem } from './running-system.js';

/** Every document of every service's database, as JSON. */
export async function everyRecord({ env }: RunningSystem): Promise<string[]> {
  const connection = await mongoose.createConnection(env['MFH_MONGO_URL'] ?? '').asPromise();
  try {
    const { databases } = await connection.listDatabases();
    const own = databases.filter(({ name }) => name.startsWith(env['MFH_DATABASE_PREFIX'] ?? ''));
    const found: string[] = [];
    for (const { name } of own) {
      const database = connection.useDb(name);
      for (const { name: collection } of await database.listCollections()) {
        for await (const document of database.collection(collection).find()) {
          found.push(`${name}.${collection} ${JSON.stringify(document)}`);
        }
      }
    }
    return found;
  } finally {
    await connection.close();
  }
}

/** Every message of every stream, with its headers. */
export async function everyMessage({ env }: RunningSystem): Promise<string[]> {
  const connection = await connect({ servers: env['MFH_NATS_URL'] ?? '' });
  try {
    const manager = await jetstreamManager(connection);
    const found: string[] = [];
    for await (const { config, state } of manager.streams.list()) {
      if (!config.name.includes(env['MFH_STREAM_PREFIX'] ?? '') || state.messages === 0) continue;
      const consumer = await jetstream(connection).consumers.get(config.name, { deliver_policy: 'all' });
      for await (const message of await consumer.fetch({ max_messages: state.messages, expires: 2_000 })) {
        found.push(`${message.subject} ${headersOf(message)} ${message.string()}`);
        if (message.info.pending === 0) break;
      }
    }
    return found;
  } finally {
    await connection.close();
  }
}

const headersOf = ({ headers }: JsMsg): string =>
  (headers?.keys() ?? []).map((key) => `${key}: ${headers?.values(key).join(', ') ?? ''}`).join('; ');

/** Listens to all that services say to one another from now on. */
export async function listenToAll({ env }: RunningSystem): Promise<{ said: string[]; stop(): Promise<void> }> {
  const connection: NatsConnection = await connect({ servers: env['MFH_NATS_URL'] ?? '' });
  const said: string[] = [];
  connection.subscribe('>', {
    callback: (_error, message) => {
      said.push(`${message.subject} ${message.string()}`);
    },
  });
  await connection.flush();
  return { said, stop: () => connection.close() };
}
