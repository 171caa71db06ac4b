import { connect, type NatsConnection } from '@nats-io/transport-node';
import { MessagingConfig, Questions } from '#messaging';
import { OperatorError } from './command.js';

const CONNECT_TIMEOUT_MS = 5_000;

/**
 * Lends a broker connection to a piece of work. Unlike a service, which waits for its broker, a command gives up.
 * @throws OperatorError when no broker answers within 5 seconds
 */
export async function withBroker<T>(work: (connection: NatsConnection) => Promise<T>): Promise<T> {
  const config = MessagingConfig.parse(process.env);
  const connection = await connect({
    name: 'mfh',
    servers: config.MFH_NATS_URL.split(','),
    ...(config.MFH_NATS_USER !== undefined && { user: config.MFH_NATS_USER }),
    ...(config.MFH_NATS_PASSWORD !== undefined && { pass: config.MFH_NATS_PASSWORD }),
    reconnect: false,
    timeout: CONNECT_TIMEOUT_MS,
  }).catch((error: unknown) => {
    throw new OperatorError(
      `No NATS server answers at ${config.MFH_NATS_URL}: start the system ("npm start") or set MFH_NATS_URL.`,
      { cause: error },
    );
  });
  try {
    return await work(connection);
  } finally {
    await connection.close();
  }
}

/** Lends the means to ask services over the broker. */
export function withQuestions<T>(work: (questions: Questions) => Promise<T>): Promise<T> {
  return withBroker((connection) => work(new Questions(connection)));
}
