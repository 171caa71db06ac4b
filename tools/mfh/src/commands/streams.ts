import { jetstreamManager, type ConsumerInfo, type JetStreamManager } from '@nats-io/jetstream';
import { STREAM_NAMES, subjects, type StreamName } from '#contracts';
import { applyStreams, isMissing } from '#messaging';
import { withBroker } from '../broker.js';
import { say, type Command } from '../command.js';
import { formatTable } from '../table.js';

export const streamsStatus: Command = {
  words: 'streams status',
  usage: '',
  summary: 'Shows every stream, and the consumers that have work waiting or under way.',
  run: () =>
    withBroker(async (connection) => {
      const manager = await jetstreamManager(connection);
      const streams = await Promise.all(STREAM_NAMES.map((name) => streamRow(manager, name)));
      say(formatTable([['stream', 'messages', 'KiB', 'consumers', 'replicas', 'state'], ...streams]));
      const consumers = (await Promise.all(STREAM_NAMES.map((name) => consumersOf(manager, name)))).flat();
      const busy = consumers.filter((info) => info.num_pending + info.num_ack_pending + info.num_redelivered > 0);
      if (busy.length === 0) return say(`\n${consumers.length} consumers, none with work waiting.`);
      const rows = busy.map((info) => [
        info.stream_name,
        info.name,
        info.num_pending,
        info.num_ack_pending,
        info.num_redelivered,
      ]);
      say(`\n${formatTable([['stream', 'consumer', 'waiting', 'under way', 'redelivered'], ...rows])}`);
    }),
};

export const streamsApply: Command = {
  words: 'streams apply',
  usage: '',
  summary: 'Creates missing streams and brings existing ones to their declared configuration.',
  run: () =>
    withBroker(async (connection) => {
      const applied = await applyStreams(connection);
      for (const [name, what] of Object.entries(applied)) say(`${name} ${what}`);
    }),
};

async function streamRow(manager: JetStreamManager, name: StreamName): Promise<(string | number)[]> {
  const stream = subjects.stream(name);
  try {
    const { state, config } = await manager.streams.info(stream);
    const kibibytes = Math.ceil(state.bytes / 1024);
    return [stream, state.messages, kibibytes, state.consumer_count, config.num_replicas, 'ok'];
  } catch (error) {
    if (!isMissing(error)) throw error;
    return [stream, 0, 0, 0, 0, 'missing: run "mfh streams apply"'];
  }
}

async function consumersOf(manager: JetStreamManager, name: StreamName): Promise<ConsumerInfo[]> {
  const found: ConsumerInfo[] = [];
  try {
    for await (const info of manager.consumers.list(subjects.stream(name))) found.push(info);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  return found;
}
