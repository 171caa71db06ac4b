import { jetstreamManager, type JetStreamManager, type StreamConfig } from '@nats-io/jetstream';
import { nanos, type NatsConnection } from '@nats-io/transport-node';
import { STREAM_NAMES, subjects, type StreamName } from '#contracts';
import { MessagingConfig } from './config.js';
import { isMissing } from './broker-errors.js';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Publishes with one message id count once for this long; longer than any client keeps retrying a publish. */
export const DUPLICATE_WINDOW_MS = 2 * 60 * 1000;

type StreamSettings = Partial<StreamConfig> & Pick<StreamConfig, 'subjects'>;

const declared: Record<StreamName, StreamSettings> = {
  // Overload must be an error for the publisher, never a silent loss: discard new. What waited 14 days is ended by the sweeper.
  EXECUTIONS: {
    subjects: [subjects.allJobs],
    retention: 'workqueue',
    discard: 'new',
    max_age: nanos(14 * DAY_MS),
    max_msg_size: 1024 * 1024,
  },
  EVENTS: { subjects: [subjects.allEvents], retention: 'limits', max_age: nanos(7 * DAY_MS) },
  DEAD_LETTERS: { subjects: [subjects.allDeadLetters], retention: 'limits', max_age: nanos(30 * DAY_MS) },
  SCHEDULES: {
    subjects: [subjects.allSchedules],
    retention: 'limits',
    allow_msg_schedules: true,
    allow_msg_ttl: true,
    max_age: nanos(400 * DAY_MS),
  },
  EFFECTS: {
    subjects: [subjects.allEffects],
    retention: 'limits',
    max_age: nanos(30 * DAY_MS),
    max_msgs_per_subject: 1,
    allow_msg_ttl: true,
    allow_direct: true,
  },
  NOTIFY: { subjects: [subjects.allNotifications], retention: 'workqueue', discard: 'new', max_age: nanos(7 * DAY_MS) },
};

/** The declared configuration of a stream, as it is sent to the broker. */
export function streamConfig(name: StreamName, replicas: number): StreamSettings & { name: string } {
  return {
    name: subjects.stream(name),
    storage: 'file',
    num_replicas: replicas,
    duplicate_window: nanos(DUPLICATE_WINDOW_MS),
    ...declared[name],
  };
}

async function applyStream(
  manager: JetStreamManager,
  name: StreamName,
  replicas: number,
): Promise<'created' | 'updated'> {
  const config = streamConfig(name, replicas);
  try {
    await manager.streams.info(config.name);
  } catch (error) {
    if (!isMissing(error)) throw error;
    await manager.streams.add(config);
    return 'created';
  }
  await manager.streams.update(config.name, config);
  return 'updated';
}

/** Brings every stream to its declared configuration; repeating it changes nothing. */
export async function applyStreams(
  connection: NatsConnection,
  replicas = MessagingConfig.parse(process.env).MFH_STREAM_REPLICAS,
): Promise<Record<StreamName, 'created' | 'updated'>> {
  const manager = await jetstreamManager(connection);
  const applied: [StreamName, 'created' | 'updated'][] = [];
  for (const name of STREAM_NAMES) applied.push([name, await applyStream(manager, name, replicas)]);
  return Object.fromEntries(applied) as Record<StreamName, 'created' | 'updated'>;
}
