import { connect, type NatsConnection } from '@nats-io/transport-node';
import { watchLink } from './broker-link.js';
import { MessagingConfig } from './config.js';

/**
 * Opens the process's connection to the broker. It reconnects for ever; while it is away, requests and publishes
 * fail by their own time limits, nothing is buffered without bound.
 * @param name shown in the broker's connection list
 */
export async function connectToBroker(
  name: string,
  config = MessagingConfig.parse(process.env),
): Promise<NatsConnection> {
  const connection = await connect({
    name,
    servers: config.MFH_NATS_URL.split(','),
    ...(config.MFH_NATS_USER !== undefined && { user: config.MFH_NATS_USER }),
    ...(config.MFH_NATS_PASSWORD !== undefined && { pass: config.MFH_NATS_PASSWORD }),
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    reconnectJitter: 250,
    waitOnFirstConnect: true,
    // A stack trace for every publish and request, in case it fails, costs more than the publish.
    noAsyncTraces: true,
    pingInterval: 10_000,
    maxPingOut: 3,
  });
  watchLink(connection);
  return connection;
}
