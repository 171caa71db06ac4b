import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { subjects } from '#contracts';
import { isWrongLastSequence } from '#messaging';
import { rewrapDocument, type Sealer } from '#sealing';
import { nothingRotated, put, type Rotated } from './rotate-collection.js';

const FETCH_MS = 1_000;
const SEALED = 'mfhs1.';

/**
 * The same for what executions have remembered in the EFFECTS stream. An entry is published anew only if it still is
 * the last of its step.
 * @param accountOf the account of an execution; undefined when nobody knows it any more, and then nobody needs the entry
 */
export async function rotateJournal(
  connection: NatsConnection,
  sealer: Sealer,
  accountOf: (executionId: string) => Promise<string | undefined>,
  { batch, dryRun }: { batch: number; dryRun: boolean },
): Promise<Rotated> {
  const total = nothingRotated();
  const client = jetstream(connection);
  const stream = subjects.stream('EFFECTS');
  // What is written from now on is sealed by the current key: otherwise this would not end under load.
  const { state } = await (await jetstreamManager(connection)).streams.info(stream);
  if (state.messages === 0) return total;
  const consumer = await client.consumers.get(stream, { deliver_policy: 'all' });
  for (let last = 0; last < state.last_seq;) {
    let seen = 0;
    const messages = await consumer.fetch({ max_messages: batch, expires: FETCH_MS });
    for await (const message of messages) {
      seen += 1;
      last = message.seq;
      if (last > state.last_seq) break;
      total.documents += 1;
      const text = message.string();
      const account = text.includes(SEALED) ? await accountOf(executionOf(message.subject)) : undefined;
      if (account === undefined) continue;
      const entry: unknown = JSON.parse(text);
      const { texts, unreadable } = await rewrapDocument(sealer, entry, account);
      total.unreadable += unreadable;
      total.rewrapped += texts.length;
      if (texts.length === 0 || dryRun) continue;
      for (const { path, to } of texts) put(entry, path, to);
      if (!(await replaced(message.subject, message.seq, entry))) total.missed += 1;
    }
    if (seen === 0) break;
  }
  return total;

  async function replaced(subject: string, sequence: number, entry: unknown): Promise<boolean> {
    try {
      await client.publish(subject, JSON.stringify(entry), { expect: { lastSubjectSequence: sequence } });
      return true;
    } catch (error) {
      if (isWrongLastSequence(error)) return false;
      throw error;
    }
  }
}

/** `effects.<execution>.<step>`, after the installation's prefix. */
const executionOf = (subject: string): string => subject.split('.').at(-2) ?? '';
