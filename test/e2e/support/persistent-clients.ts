import { setTimeout as pause } from 'node:timers/promises';
import type { Customer } from './customer.js';

/** One wish of a client, and what it took until it was accepted. */
export interface Accepted {
  contactId: string;
  key: string;
  executionId: string;
  /** Every answer in order; status 0 where the connection broke. */
  answers: { status: number; ms: number }[];
}

export interface LoadOptions {
  /** Clients at work at the same time, each with one request under way. */
  clients: number;
  /** Begins the idempotency keys: another word makes other executions. */
  keys: string;
  /** Longest that one wish may take until its 202, in milliseconds (45,000). */
  deadlineMs?: number;
  /** Called with every 202. */
  onAccepted?: (accepted: Accepted) => void;
  /** Called with the status of every answer; 0 where the connection broke. */
  onAnswer?: (status: number) => void;
}

const PAUSE_MS = 100;
/** A client that gets one of these asks again with the same key. */
const worthRepeating = (status: number): boolean => status === 0 || status === 409 || status >= 500;

/** Asks for one execution with an idempotency key, again and again until it is accepted. */
async function ask(
  customer: Customer,
  helperId: string,
  contactId: string,
  key: string,
  { deadlineMs = 45_000, onAnswer }: Pick<LoadOptions, 'deadlineMs' | 'onAnswer'>,
): Promise<Accepted> {
  const answers: Accepted['answers'] = [];
  const deadline = Date.now() + deadlineMs;
  for (;;) {
    const startedAt = performance.now();
    const answer = await customer.byKey
      .post<{ execution_id: string }>(
        `/helper/${helperId}/execute`,
        { contact_id: contactId },
        { 'idempotency-key': key },
      )
      .catch(() => undefined);
    const status = answer?.status ?? 0;
    answers.push({ status, ms: Math.round(performance.now() - startedAt) });
    onAnswer?.(status);
    if (answer?.status === 202) return { contactId, key, executionId: answer.data.execution_id, answers };
    if (!worthRepeating(status)) throw new Error(`${key} was refused: ${status} ${JSON.stringify(answer?.body)}`);
    if (Date.now() > deadline)
      throw new Error(`${key} was not accepted in ${deadlineMs} ms: ${JSON.stringify(answers)}`);
    await pause(PAUSE_MS);
  }
}

/** Clients that each want executions, one contact after the other, and do not give up before each is accepted. */
export async function persistentClients(
  customer: Customer,
  helperId: string,
  contactIds: readonly string[],
  { clients, keys, onAccepted, ...options }: LoadOptions,
): Promise<Accepted[]> {
  const accepted: Accepted[] = [];
  let next = 0;
  const client = async (): Promise<void> => {
    for (let index = next++; index < contactIds.length; index = next++) {
      const contactId = contactIds[index] ?? '';
      const got = await ask(customer, helperId, contactId, `${keys}-${index}`, options);
      accepted.push(got);
      onAccepted?.(got);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return accepted;
}

/** `count` contact ids of the demo CRM from `first` on. */
export const contactIds = (first: number, count: number): string[] =>
  Array.from({ length: count }, (_, index) => String(first + index));
