import type { JetStreamClient, JetStreamPublishOptions, PubAck } from '@nats-io/jetstream';
import { headers } from '@nats-io/transport-node';
import { unavailable } from '#contracts';
import { injectTrace } from '#telemetry';
import { whileLinked } from './broker-link.js';

/** A publish that got no acknowledgement after this long counts as failed; the caller answers within 2 s. */
const PUBLISH_TIMEOUT_MS = 1500;

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
  return whileLinked(client, () =>
    client.publish(subject, JSON.stringify(body), { timeout: PUBLISH_TIMEOUT_MS, ...options, headers: carrier }),
  );
}

/** Runs a publish and turns silence of the broker into a Problem 503. */
export async function orUnavailable<T>(publish: Promise<T>): Promise<T> {
  try {
    return await publish;
  } catch (error) {
    throw unavailable('The message broker', error);
  }
}
