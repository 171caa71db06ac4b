import { beforeEach, describe, expect, it } from '@jest/globals';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { waitFor } from '#testing';
import { auditExecutions } from '../support/audit.js';
import { execute, newHelper } from '../support/customer.js';
import { useSystem } from '../support/use-system.js';

const CONTACT = '1001';
const SCORE = '7';
const MAX_ATTEMPTS = 3;

interface DeadLetterData {
  dead_letter_id: string;
  execution_id: string;
  status: string;
  attempt_count: number;
  reason: { code: string; class: string; message: string };
  attempts: { attempt: number; runner: string; error: { code: string } }[];
  replayed_as?: string;
}

describe('jobs that cannot be done', () => {
  const running = useSystem({ env: { MFH_RETRY_BASE_MS: '200', MFH_ACK_WAIT_MS: '3000' } });
  beforeEach(async () => {
    await running.system.sandbox.call('POST', '/_admin/reset', {});
  });

  it('end among the dead letters after three attempts, and a replay continues what the first one began', async () => {
    const { system, customer } = running;
    const setTo = async (operand: number): Promise<void> => {
      const zero = await newHelper(customer, 'math_it', { field: 'Score', operation: 'multiply', operand: 0 });
      await customer.api.ended(await execute(customer, zero, CONTACT));
      const add = await newHelper(customer, 'math_it', { field: 'Score', operation: 'add', operand });
      await customer.api.ended(await execute(customer, add, CONTACT));
    };
    await setTo(10);
    const helper = await newHelper(customer, 'math_it', { field: 'Score', operation: 'add', operand: 1 });
    // Reading works, writing does not: each attempt computes (once, 11) and fails to store it.
    await system.sandbox.faults([{ id: 'down', match: { method: 'PATCH', contact_id: CONTACT }, status: 500 }]);
    const poisoned = await customer.api.ended(await execute(customer, helper, CONTACT), 60_000);
    expect(poisoned).toMatchObject({ status: 'failed', attempt: MAX_ATTEMPTS, error_class: 'retry' });

    const listed = await waitFor(
      async () => {
        const { data } = await customer.api.get<{ dead_letters: DeadLetterData[] }>(
          `/dead-letters?helper_id=${helper}`,
        );
        return data.dead_letters[0];
      },
      { deadlineMs: 10_000, what: 'the dead letter' },
    );
    expect(listed).toMatchObject({ execution_id: poisoned.execution_id, status: 'open', attempt_count: MAX_ATTEMPTS });
    const letter = (await customer.api.get<DeadLetterData>(`/dead-letters/${listed.dead_letter_id}`)).data;
    expect(letter.reason).toMatchObject({ code: 'crm_error', class: 'retry' });
    expect(letter.attempts.map(({ attempt, error }) => [attempt, error.code])).toEqual([
      [1, 'crm_error'],
      [2, 'crm_error'],
      [3, 'crm_error'],
    ]);
    await waitFor(
      async () =>
        (await customer.api.ended(poisoned.execution_id)).events?.some(({ type }) => type === 'dead_lettered'),
      { deadlineMs: 10_000, what: 'the dead letter in the timeline' },
    );

    await system.sandbox.faults([]);
    await setTo(0);
    const replayed = await customer.api.post<{ execution_id: string }>(
      `/dead-letters/${listed.dead_letter_id}/replay`,
      {},
    );
    expect(replayed.status).toBe(202);
    const again = await customer.api.post(`/dead-letters/${listed.dead_letter_id}/replay`, {});
    expect(again.status).toBe(409);
    const execution = await customer.api.ended(replayed.data.execution_id, 90_000);
    expect(execution).toMatchObject({ status: 'completed', replay_of: poisoned.execution_id });
    // 11 was computed by the first execution, and both share one journal.
    expect(Number(await system.sandbox.fieldOf(CONTACT, SCORE))).toBe(11);
    const closed = (await customer.api.get<DeadLetterData>(`/dead-letters/${listed.dead_letter_id}`)).data;
    expect(closed).toMatchObject({ status: 'replayed', replayed_as: execution.execution_id });
    expect(await customer.api.allEnded(helper)).toEqual({ failed: 1, completed: 1 });
  });

  it('are put aside when they cannot be read, and block nobody', async () => {
    const { customer } = running;
    const helper = await newHelper(customer, 'note_it', { subject: 'After the unreadable', body: 'Once' });
    // Subjects are fixed when these are loaded: not before the suite's own prefix is known.
    const [{ connectToBroker }, { subjects }] = await Promise.all([import('#messaging'), import('#contracts')]);
    const connection = await connectToBroker('e2e-poison');
    try {
      for (const text of ['{"execution_id": 1', '{"execution_id":"exec:1"}', '']) {
        await jetstream(connection).publish(subjects.job('note_it', 'live'), text);
      }
      const id = await execute(customer, helper, CONTACT);
      expect((await customer.api.ended(id)).status).toBe('completed');
      const manager = await jetstreamManager(connection);
      const unreadable = await waitFor(
        async () => {
          const { state } = await manager.streams.info(subjects.stream('DEAD_LETTERS'), {
            subjects_filter: subjects.deadLetter('unreadable'),
          });
          return state.subjects?.[subjects.deadLetter('unreadable')] === 3;
        },
        { deadlineMs: 10_000, what: 'three unreadable jobs among the dead letters' },
      );
      expect(unreadable).toBe(true);
      await waitFor(async () => (await manager.streams.info(subjects.stream('EXECUTIONS'))).state.messages === 0, {
        deadlineMs: 10_000,
        what: 'the queue to be empty',
      });
      await auditExecutions(customer, helper, [id]);
    } finally {
      await connection.close();
    }
  });
});
