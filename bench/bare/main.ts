import {
  jetstream,
  jetstreamManager,
  AckPolicy,
  DeliverPolicy,
  type JetStreamClient,
  type JsMsg,
} from '@nats-io/jetstream';
import { connect, nanos, type NatsConnection } from '@nats-io/transport-node';
import mongoose from 'mongoose';
import { randomUUID } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { CONNECTIONS, CONTACTS, FIRST_CONTACT, given } from '../executions/settings.js';
import { Groups } from './groups.js';

/*
 * The limit: what MongoDB and JetStream are asked for one execution, in the same groups and with the same indexes,
 * by one process without Nest, HTTP, validation, a CRM or any rule. What the product does beyond this is its cost.
 */
const GROUP = 200;
const COPIED_INDEXES = 'helpers';
const mongoUrl = given('MFH_MONGO_URL');
const copyFrom = given('BENCH_COPY_INDEXES_FROM');

interface Execution {
  _id: string;
  turn_key: string;
  [field: string]: unknown;
}

const client = await mongoose
  .createConnection(mongoUrl, { maxPoolSize: 40, writeConcern: { w: 'majority' } })
  .asPromise();
const database = client.useDb('bare', { useCache: true });
const executions = database.collection<Execution>('executions');
const reservations = database.collection<{ _id: string }>('reservations');
const ledger = database.collection<{ _id: string }>('ledger');
const counters = database.collection<{ _id: string; booked: number }>('counters');
const helpers = database.collection<{ _id: string; execution_count: number }>('helpers');

await executions.createIndexes(await indexesOfProduct());
const connection = await connect({ servers: given('MFH_NATS_URL') });
const stream = jetstream(connection);
await createStreams(connection);

const finished = new Map<string, () => void>();
let done = 0;

const accept = new Groups<Execution>(GROUP, 2, async (group) => {
  await reservations.insertOne({ _id: randomUUID(), ids: group.map(({ _id }) => _id) } as never, {
    writeConcern: { w: 1 },
  });
  await executions.insertMany(group, { ordered: false });
  await executions
    .find(
      { turn_key: { $in: group.map(({ turn_key }) => turn_key) }, open: true },
      { projection: { _id: 1, turn_key: 1, held: 1 } },
    )
    .toArray();
  await Promise.all(
    group.map((execution) => stream.publish('bare.job', JSON.stringify(jobOf(execution)), { msgID: execution._id })),
  );
  await Promise.all(
    group.map((execution) =>
      stream.publish('bare.event.queued', eventOf(execution, 'queued'), { msgID: `${execution._id}.q` }),
    ),
  );
});

const project = new Groups<JsMsg>(GROUP, 1, async (group) => {
  const ended = group.map((message) => message.json<{ execution_id: string; turn_key: string }>());
  await executions.bulkWrite(
    ended.map(({ execution_id }) => ({
      updateOne: { filter: { _id: execution_id, status: { $in: ['pending', 'running'] } }, update: ENDED() },
    })) as never,
  );
  await helpers.bulkWrite([
    { updateOne: { filter: { _id: 'helper' }, update: { $inc: { execution_count: ended.length } }, upsert: true } },
  ]);
  await executions
    .find({ turn_key: { $in: ended.map(({ turn_key }) => turn_key) }, open: true }, { projection: { _id: 1 } })
    .toArray();
  for (const message of group) message.ack();
  done += group.length;
  for (const { execution_id } of ended) finished.get(execution_id)?.();
});

const settle = new Groups<JsMsg>(GROUP, 1, async (group) => {
  const ids = group.map((message) => message.json<{ execution_id: string }>().execution_id);
  await client.transaction(async (session) => {
    await ledger.find({ _id: { $in: ids } }, { session, projection: { _id: 1 } }).toArray();
    await ledger.insertMany(
      ids.map((_id) => ({ _id, account_id: 'a', period: 'p', outcome: 'booked', at: new Date() })) as never,
      { session, ordered: false },
    );
    await counters.updateOne({ _id: 'a' }, { $inc: { booked: ids.length } }, { session, upsert: true });
  });
  for (const message of group) message.ack();
});

await counters.updateOne({ _id: 'a' }, { $set: { booked: 0 } }, { upsert: true });
void consume('BARE_JOBS', 'runner', (message) => void run(message));
void consume('BARE_EVENTS', 'projector', (message) => void project.add(message), 'bare.event.completed');
void consume('BARE_EVENTS', 'settlement', (message) => void settle.add(message), 'bare.event.completed');

process.on('message', ({ seconds }: { seconds: number }) => void slice(seconds));
process.send?.({ executions: 0, seconds: 0 });

/** Works for some seconds and until everything has ended, then says how much it was. */
async function slice(seconds: number): Promise<void> {
  const before = done;
  const begun = Date.now();
  const until = begun + seconds * 1000;
  await Promise.all(Array.from({ length: CONNECTIONS }, () => customer(until)));
  while (finished.size > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  process.send?.({ executions: done - before, seconds: (Date.now() - begun) / 1000 });
}

/** One client: asks again as soon as the last request was accepted. */
async function customer(until: number): Promise<void> {
  while (Date.now() < until) {
    const execution = newExecution();
    finished.set(execution._id, () => finished.delete(execution._id));
    await accept.add(execution);
  }
}

/** A runner's part: the claim, the event, the acknowledgement. */
async function run(message: JsMsg): Promise<void> {
  const job = message.json<Execution>();
  const claim = JSON.stringify({ kind: 'run', by: 'bare', attempt: 1, at: new Date().toISOString(), failed: [] });
  await stream.publish(`bare.effect.${job._id}`, claim, { expect: { lastSubjectSequence: 0 }, ttl: '1h' });
  await stream.publish('bare.event.completed', eventOf(job, 'completed'), { msgID: `${job._id}.c` });
  message.ack();
}

function newExecution(): Execution {
  const contact = FIRST_CONTACT + Math.floor(Math.random() * CONTACTS);
  const now = new Date();
  const _id = `exec:${uuidv7()}`;
  return {
    _id,
    turn_key: `connection:bare|${contact}|${_id}`,
    account_id: 'account:bare',
    version: 1,
    created_at: now,
    updated_at: now,
    helper_id: 'helper:bare',
    helper_type: 'format_it',
    helper_name: 'Capitals',
    connection_id: 'connection:bare',
    contact_id: String(contact),
    user_id: 'user:bare',
    api_key_id: 'apikey:bare',
    config: { field: 'first_name', format: 'uppercase' },
    input: {},
    query_params: {},
    status: 'pending',
    trigger_type: 'api',
    lane: 'live',
    attempt: 1,
    depth: 0,
    journal_id: _id,
    trace_id: '0'.repeat(32),
    traceparent: `00-${'0'.repeat(32)}-${'0'.repeat(16)}-00`,
    open: true,
    held: false,
    publication: 1,
    accepted_by: 'bare',
    events: [{ at: now.toISOString(), type: 'accepted', message: 'Accepted and durable', data: {} }],
  };
}

/** Without the record's bookkeeping, as it travels. */
function jobOf({ events: _events, ...job }: Execution): Record<string, unknown> {
  return job;
}

function eventOf(execution: Execution, fact: string): string {
  const entry = {
    at: new Date().toISOString(),
    type: 'call',
    attempt: 1,
    message: 'getContact answered 200',
    data: { status: 200 },
  };
  const data = {
    execution_id: execution._id,
    turn_key: execution.turn_key,
    status: fact,
    timeline: fact === 'completed' ? [entry, entry, entry, entry] : [],
  };
  return JSON.stringify({
    specversion: '1.0',
    id: `${execution._id}.${fact}`,
    source: '/bare',
    type: `bare.${fact}`,
    time: new Date().toISOString(),
    ...data,
  });
}

function ENDED() {
  const now = new Date();
  const entry = {
    at: now.toISOString(),
    type: 'call',
    attempt: 1,
    message: 'getContact answered 200',
    data: { status: 200 },
  };
  return {
    $set: {
      status: 'completed',
      started_at: now,
      completed_at: now,
      duration_ms: 5,
      attempt: 1,
      output: { modified_data: {}, actions: [] },
      expire_at: now,
      updated_at: now,
    },
    $unset: { open: 1, hold: 1, not_before: 1, waiting: 1 },
    $push: { events: { $each: [entry, entry, entry, entry] } },
    $inc: { version: 1 },
  };
}

/** The indexes of the product's own collection, which ran on this server before. */
async function indexesOfProduct(): Promise<{ key: Record<string, 1 | -1>; [option: string]: unknown }[]> {
  const all = await client.useDb(`${copyFrom}${COPIED_INDEXES}`).collection('executions').indexes();
  return all.filter((index) => index.name !== '_id_').map(({ v: _version, ...index }) => index as never);
}

async function createStreams(to: NatsConnection): Promise<void> {
  const manager = await jetstreamManager(to);
  await manager.streams.add({ name: 'BARE_JOBS', subjects: ['bare.job'], retention: 'workqueue', storage: 'file' });
  await manager.streams.add({ name: 'BARE_EVENTS', subjects: ['bare.event.>'], storage: 'file' });
  await manager.streams.add({
    name: 'BARE_EFFECTS',
    subjects: ['bare.effect.>'],
    storage: 'file',
    max_msgs_per_subject: 1,
    allow_msg_ttl: true,
  });
}

async function consume(
  from: string,
  durable: string,
  handle: (message: JsMsg) => void,
  filter?: string,
): Promise<void> {
  const manager = await jetstreamManager(connection);
  await manager.consumers.add(from, {
    durable_name: durable,
    ack_policy: AckPolicy.Explicit,
    deliver_policy: DeliverPolicy.All,
    ack_wait: nanos(30_000),
    max_ack_pending: 5_000,
    ...(filter !== undefined && { filter_subject: filter }),
  });
  const messages = await (
    await (stream satisfies JetStreamClient).consumers.get(from, durable)
  ).consume({ max_messages: 600 });
  for await (const message of messages) handle(message);
}
