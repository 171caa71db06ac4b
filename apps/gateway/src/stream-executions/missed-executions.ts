import { DeliverPolicy, type JetStreamClient } from '@nats-io/jetstream';
import { subjects } from '#contracts';
import { ACCOUNT_HEADER, SUBJECT_HEADER } from '#messaging';

/** Clocks of processes differ a little: better tell twice than not at all. */
const OVERLAP_MS = 2_000;
const READ_AT_ONCE = 1_000;

/** Executions of an account about which anything was published since `since`, oldest first: events without their bodies. */
export async function executionsChangedSince(
  jetstream: JetStreamClient,
  accountId: string,
  since: number,
): Promise<string[]> {
  const consumer = await jetstream.consumers.get(subjects.stream('EVENTS'), {
    filter_subjects: [subjects.executionEvents('*')],
    deliver_policy: DeliverPolicy.StartTime,
    opt_start_time: new Date(since - OVERLAP_MS).toISOString(),
    headers_only: true,
  });
  const changed = new Set<string>();
  let pending = (await consumer.info()).num_pending;
  while (pending > 0) {
    const messages = await consumer.fetch({ max_messages: Math.min(pending, READ_AT_ONCE), expires: 2_000 });
    let received = 0;
    for await (const message of messages) {
      received += 1;
      pending = message.info.pending;
      const subject = message.headers?.get(SUBJECT_HEADER) ?? '';
      if (message.headers?.get(ACCOUNT_HEADER) === accountId && subject !== '') changed.add(subject);
      if (pending === 0) break;
    }
    if (received === 0) break;
  }
  return [...changed];
}
