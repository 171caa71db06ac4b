import { jetstreamManager } from '@nats-io/jetstream';
import { subjects, type CloudEvent } from '#contracts';
import { NATS_CONNECTION, type NatsConnection } from '#messaging';
import type { RunningService } from '#service-defaults';

/** What the suite's services have published to a stream so far, the oldest first. */
export async function published({ app }: RunningService, name: 'EVENTS' | 'NOTIFY'): Promise<CloudEvent[]> {
  const manager = await jetstreamManager(app.get<NatsConnection>(NATS_CONNECTION));
  const stream = subjects.stream(name);
  const { state } = await manager.streams.info(stream);
  const found: CloudEvent[] = [];
  for (let seq = state.first_seq; seq > 0 && seq <= state.last_seq; seq += 1) {
    const message = await manager.streams.getMessage(stream, { seq });
    if (message) found.push(message.json<CloudEvent>());
  }
  return found;
}
