import type { JetStreamClient, JetStreamPublishOptions, PubAck } from '@nats-io/jetstream';
import { headers } from '@nats-io/transport-node';
import { unavailable } from '#contracts';
import { injectTrace, isRecorded, SpanKind, withTraceparent } from '#telemetry';
import { whileLinked } from './broker-link.js';
import { endOfTurn } from './end-of-turn.js';

/** A publish that got no acknowledgement after this long counts as failed; the caller answers within 2 s. */
const PUBLISH_TIMEOUT_MS = 1500;

const KINDS = ['executions', 'events', 'effects', 'schedules', 'notify', 'dead-letters'];

/** The part of a subject that says what travels on it: names of spans must be few. */
const kindOf = (subject: string): string => subject.split('.').find((token) => KINDS.includes(token)) ?? 'message';

/**
 * Publishes JSON to a stream with the given or else the current trace context and waits for the broker's acknowledgement.
 * @throws the broker's own error when it refuses (see `isWrongLastSequence`); Problem 503 when it does not answer
 */
export async function publishJson(
  client: JetStreamClient,
  subject: string,
  body: unknown,
  options: Partial<JetStreamPublishOptions> = {},
): Promise<PubAck> {
  const carrier = options.headers ?? headers();
  if (!carrier.has('traceparent')) injectTrace(carrier);
  const send = (): Promise<PubAck> =>
    whileLinked(client, async () => {
      const text = JSON.stringify(body);
      await endOfTurn();
      return client.publish(subject, text, { timeout: PUBLISH_TIMEOUT_MS, ...options, headers: carrier });
    });
  const traceparent = carrier.get('traceparent');
  if (!isRecorded(traceparent)) return send();
  const attributes = { 'messaging.system': 'nats', 'messaging.destination.name': subject };
  const publish = (): Promise<PubAck> => {
    // Whoever gets the message continues from its publication.
    injectTrace(carrier);
    return send();
  };
  return withTraceparent(traceparent, `publish ${kindOf(subject)}`, publish, { kind: SpanKind.PRODUCER, attributes });
}

/** Runs a publish and turns silence of the broker into a Problem 503. */
export async function orUnavailable<T>(publish: Promise<T>): Promise<T> {
  try {
    return await publish;
  } catch (error) {
    throw unavailable('The message broker', error);
  }
}
