import { describe, expect, it } from '@jest/globals';
import { auditExecutions, auditNotes } from '../support/audit.js';
import { execute, newHelper } from '../support/customer.js';
import { contactIds } from '../support/persistent-clients.js';
import { useSystem } from '../support/use-system.js';

const SCORE = '7';
const SUMMED_CONTACT = '1100';
const NOTES = 40;
const SUMS = 20;
/** Jobs that get past the point before it kills. */
const JOBS_BEFORE = 10;

describe('a runner dies while it works', () => {
  const running = useSystem({ runners: 0, env: { MFH_ACK_WAIT_MS: '3000' } });

  it.each([
    ['before it claims a job', 'runner.before-claim'],
    ['between intent and call', 'runner.before-effect'],
    ['after the call, before its result is noted', 'runner.after-effect'],
    ['after the work, before the event', 'runner.after-work'],
    ['after the event, before the acknowledgement', 'runner.after-event'],
  ])('%s: another one does what is left, and nothing twice', async (_when, failPoint) => {
    const { system, customer } = running;
    await system.sandbox.call('POST', '/_admin/reset', {});
    const note = await newHelper(customer, 'note_it', { subject: failPoint, body: 'Once' });
    const zero = await newHelper(customer, 'math_it', { field: 'Score', operation: 'multiply', operand: 0 });
    const addOne = await newHelper(customer, 'math_it', { field: 'Score', operation: 'add', operand: 1 });

    const doomed = await system.startRunner({ MFH_FAIL_POINT: `${failPoint}:${JOBS_BEFORE}` });
    const zeroed = await execute(customer, zero, SUMMED_CONTACT);
    const contacts = contactIds(1001, NOTES);
    const noted = await Promise.all(contacts.map((contact) => execute(customer, note, contact)));
    const added = await Promise.all(Array.from({ length: SUMS }, () => execute(customer, addOne, SUMMED_CONTACT)));

    expect((await doomed.exited).signal).toBe('SIGKILL');
    const heir = await system.startRunner();

    await auditExecutions(customer, zero, [zeroed]);
    await auditExecutions(customer, note, noted);
    await auditExecutions(customer, addOne, added, 120_000);
    await auditNotes(system, contacts);
    expect(Number(await system.sandbox.fieldOf(SUMMED_CONTACT, SCORE))).toBe(SUMS);
    await heir.stop();
  });
});
