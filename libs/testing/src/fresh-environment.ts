import { randomBytes } from 'node:crypto';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import mongoose from 'mongoose';

/** Where a suite's own databases and streams live; hand `variables` to child processes. */
export interface FreshEnvironment {
  readonly mongoUrl: string;
  readonly natsUrl: string;
  /** Begins every database name of the suite. */
  readonly databasePrefix: string;
  /** Begins every stream name and subject of the suite. */
  readonly streamPrefix: string;
  /** The environment variables that select all of this. */
  readonly variables: Readonly<Record<string, string>>;
  /** Drops the suite's databases and streams. Call it in `afterAll`, after the services have stopped. */
  dispose(): Promise<void>;
}

/**
 * Gives a suite databases and streams of its own on the servers that the test run started.
 * The variables are also set in this process (Jest gives every test file its own copy of `process.env`), so
 * call it before anything that reads its configuration at import time is imported.
 * @throws Error when the servers are not there (the suite is not a component or e2e test)
 */
export function freshEnvironment(): FreshEnvironment {
  const mongoUrl = process.env['MONGO_URL'];
  const natsUrl = process.env['NATS_URL'];
  if (mongoUrl === undefined || natsUrl === undefined) {
    throw new Error('MONGO_URL and NATS_URL are not set: name the file *.component.spec.ts or *.e2e-spec.ts.');
  }
  const name = `t${randomBytes(5).toString('hex')}`;
  const databasePrefix = `${name}_`;
  const streamPrefix = `${name}_`;
  const variables = {
    MFH_MONGO_URL: mongoUrl,
    MFH_NATS_URL: natsUrl,
    MFH_DATABASE_PREFIX: databasePrefix,
    MFH_STREAM_PREFIX: streamPrefix,
    MFH_MODE: 'test',
  };
  Object.assign(process.env, variables);
  return {
    mongoUrl,
    natsUrl,
    databasePrefix,
    streamPrefix,
    variables,
    dispose: async () => {
      await Promise.all([dropDatabases(mongoUrl, databasePrefix), deleteStreams(natsUrl, name)]);
    },
  };
}

async function dropDatabases(mongoUrl: string, prefix: string): Promise<void> {
  const connection = await mongoose.createConnection(mongoUrl).asPromise();
  try {
    const { databases } = await connection.listDatabases();
    for (const { name } of databases.filter((database) => database.name.startsWith(prefix))) {
      await connection.useDb(name).dropDatabase();
    }
  } finally {
    await connection.close();
  }
}

async function deleteStreams(natsUrl: string, prefix: string): Promise<void> {
  const connection = await connect({ servers: natsUrl });
  try {
    const manager = await jetstreamManager(connection);
    const names: string[] = [];
    for await (const name of manager.streams.names()) names.push(name);
    // Key-value buckets are streams named KV_<bucket>.
    const own = names.filter((name) => name.replace(/^(KV|OBJ)_/, '').startsWith(`${prefix}_`));
    for (const name of own) await manager.streams.delete(name);
  } finally {
    await connection.close();
  }
}
