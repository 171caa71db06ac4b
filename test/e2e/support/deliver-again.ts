import { jetstream } from '@nats-io/jetstream';
import { headers } from '@nats-io/transport-node';
import { setTimeout as delay } from 'node:timers/promises';

const LOOKS = 100;

/**
 * Runs `ask` and puts each job that it brings into the stream `times` times in all, under other message ids, so that
 * the runners get copies that nothing tells from the first one.
 */
export async function deliverAgain(times: number, ask: () => Promise<string>): Promise<string> {
  // Subjects are fixed when these are loaded: not before the suite's own prefix is known.
  const [{ connectToBroker }, { subjects }] = await Promise.all([import('#messaging'), import('#contracts')]);
  const connection = await connectToBroker('e2e-copies');
  const client = jetstream(connection);
  try {
    let copied: Promise<unknown> = Promise.resolve();
    const ids: string[] = [];
    const early: { subject: string; data: string; execution: string }[] = [];
    const copy = (subject: string, data: string): void => {
      copied = Promise.all([
        copied,
        ...Array.from({ length: times - 1 }, () => client.publish(subject, data, { headers: headers() })),
      ]);
    };
    const subscription = connection.subscribe(subjects.allJobs, {
      callback: (error, message) => {
        if (error !== null || message.headers?.has('Nats-Msg-Id') !== true) return;
        const data = message.string();
        early.push({
          subject: message.subject,
          data,
          execution: (JSON.parse(data) as { execution_id: string }).execution_id,
        });
        if (ids.includes(early.at(-1)?.execution ?? '')) copy(message.subject, data);
      },
    });
    await connection.flush();
    const id = await ask();
    ids.push(id);
    for (const seen of early) if (seen.execution === id) copy(seen.subject, seen.data);
    // A job may follow its acceptance a little later.
    for (let looks = 0; looks < LOOKS && !early.some(({ execution }) => execution === id); looks += 1) await delay(20);
    subscription.unsubscribe();
    await copied;
    return id;
  } finally {
    await connection.drain();
  }
}
