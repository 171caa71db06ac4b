import { describe, expect, it } from '@jest/globals';
import type { JetStreamClient } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { shareLink, watchLink, whileLinked } from './broker-link.js';

/** A connection of which only the reports of its state are real. */
function fakeConnection() {
  let tell: (type: string) => void = () => undefined;
  const reports = async function* () {
    for (;;) yield { type: await new Promise<string>((resolve) => (tell = resolve)) };
  };
  const connection = { status: reports } as unknown as NatsConnection;
  watchLink(connection);
  const report = async (type: string): Promise<void> => {
    tell(type);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { connection, report };
}

const forever = (): Promise<never> => new Promise(() => undefined);
const unavailable = { status: 503, code: 'generic.unavailable' };

describe('work over a connection', () => {
  it('gives up when the broker goes away, is refused while it is away, and goes on when it is back', async () => {
    const { connection, report } = fakeConnection();
    const client = shareLink(connection, {} as JetStreamClient);
    await report('ping');
    const asked = Promise.allSettled([whileLinked(connection, forever), whileLinked(client, forever)]);
    await report('disconnect');
    const refusal = { status: 'rejected', reason: expect.objectContaining(unavailable) };
    expect(await asked).toEqual([refusal, refusal]);

    let begun = false;
    const refused = whileLinked(client, async () => {
      begun = true;
      return Promise.resolve(1);
    });
    await expect(refused).rejects.toMatchObject(unavailable);
    expect(begun).toBe(false);

    await report('reconnect');
    await expect(whileLinked(client, () => Promise.resolve(2))).resolves.toBe(2);
  });

  it('is done as it is where nobody watches', async () => {
    await expect(whileLinked({} as NatsConnection, () => Promise.resolve(3))).resolves.toBe(3);
  });

  it('fails with its own error', async () => {
    const { connection } = fakeConnection();
    await expect(whileLinked(connection, () => Promise.reject(new Error('own')))).rejects.toThrow('own');
  });
});
