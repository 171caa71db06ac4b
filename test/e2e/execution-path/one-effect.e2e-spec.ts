import { describe, expect, it } from '@jest/globals';
import { execute, newHelper } from '../support/customer.js';
import { deliverAgain } from '../support/deliver-again.js';
import { useSystem } from '../support/use-system.js';

const SCORE = '7';

describe('one effect for one execution', () => {
  const running = useSystem({ runners: 2 });

  it('makes one note of a job that is delivered three times, at once, to two runners', async () => {
    const { system, customer } = running;
    const helper = await newHelper(customer, 'note_it', { subject: 'Once', body: 'Only once' });
    const contacts = Array.from({ length: 10 }, (_, index) => String(1101 + index));
    const ids = await Promise.all(contacts.map((contact) => deliverAgain(3, () => execute(customer, helper, contact))));
    const ended = await Promise.all(ids.map((id) => customer.api.ended(id)));
    expect(ended.map((execution) => execution.status)).toEqual(contacts.map(() => 'completed'));
    const notes = await system.sandbox.effects({ operation: 'CreateNote' });
    expect(notes.map((note) => note.contact_id).toSorted()).toEqual(contacts);
  });

  it('adds one two hundred times to one contact and comes to exactly 200', async () => {
    const { system, customer } = running;
    const contact = '1120';
    const zero = await newHelper(customer, 'math_it', { field: 'Score', operation: 'multiply', operand: 0 });
    await customer.api.ended(await execute(customer, zero, contact));
    const addOne = await newHelper(customer, 'math_it', { field: 'Score', operation: 'add', operand: 1 });
    const ids = await Promise.all(Array.from({ length: 200 }, () => execute(customer, addOne, contact)));
    expect(new Set(ids).size).toBe(200);
    expect(await customer.api.allEnded(addOne, 120_000)).toEqual({ completed: 200 });
    expect(Number(await system.sandbox.fieldOf(contact, SCORE))).toBe(200);
  });
});
