import type { JetStreamClient } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { unavailable } from '#contracts';

const interrupted = () => unavailable('The message broker');

/**
 * Whether a connection reaches its broker at this moment. Without it every request to a broker that is away waits for
 * its whole time limit, one after the other, and a client of ours waits for all of them.
 */
class BrokerLink {
  private readonly waiting = new Set<(reason: Error) => void>();
  private away = false;

  /** Follows the connection until it is closed. */
  async follow(connection: NatsConnection): Promise<void> {
    for await (const { type } of connection.status()) {
      if (type === 'reconnect') this.away = false;
      if (type !== 'disconnect') continue;
      this.away = true;
      for (const giveUp of this.waiting) giveUp(interrupted());
    }
  }

  /** Does the work unless the broker is away, and gives up on its answer when the broker goes away meanwhile. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    if (this.away) throw interrupted();
    const lost = Promise.withResolvers<never>();
    this.waiting.add(lost.reject);
    try {
      return await Promise.race([work(), lost.promise]);
    } finally {
      this.waiting.delete(lost.reject);
    }
  }
}

const links = new WeakMap<object, BrokerLink>();

/** Watches a connection, for everything that is done over it by `whileLinked`. */
export function watchLink(connection: NatsConnection): void {
  const link = new BrokerLink();
  links.set(connection, link);
  void link.follow(connection);
}

/** Lets calls of a JetStream client share the watch of the connection it was made of. */
export function shareLink(connection: NatsConnection, client: JetStreamClient): JetStreamClient {
  const link = links.get(connection);
  if (link !== undefined) links.set(client, link);
  return client;
}

/** @throws Problem 503 at once when the broker goes away or is away; the work may have reached it all the same */
export function whileLinked<T>(over: NatsConnection | JetStreamClient, work: () => Promise<T>): Promise<T> {
  return links.get(over)?.during(work) ?? work();
}
