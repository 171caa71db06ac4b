import { beforeEach, describe, expect, it } from '@jest/globals';
import { waitFor } from '#testing';
import type { ExecutionData } from '../support/api-client.js';
import { execute, newHelper, type Customer } from '../support/customer.js';
import { useSystem } from '../support/use-system.js';

const CONTACT = '1001';

/** The executions of the steps in the order of `helpers`, once all have ended. */
async function stepsOf(customer: Customer, helpers: readonly string[]): Promise<ExecutionData[]> {
  return waitFor(
    async () => {
      const steps: ExecutionData[] = [];
      for (const helper of helpers) {
        const [step] = await customer.api.executionsOf(helper);
        if (step === undefined) return undefined;
        steps.push(await customer.api.ended(step.execution_id));
      }
      return steps;
    },
    { deadlineMs: 30_000, everyMs: 200, what: 'the steps of the chain' },
  );
}

describe('chains', () => {
  const running = useSystem();
  beforeEach(async () => {
    await running.system.sandbox.call('POST', '/_admin/reset', {});
  });
  const note = (customer: Customer, subject: string) => newHelper(customer, 'note_it', { subject, body: 'Step' });
  const notes = async () =>
    (await running.system.sandbox.effects({ operation: 'CreateNote' })).map(
      ({ args }) => (args as { title?: string }).title,
    );

  it('run step after step as children, with the delay between them, and then what follows success', async () => {
    const { customer } = running;
    const [first, second, third] = [
      await note(customer, 'first'),
      await note(customer, 'second'),
      await note(customer, 'third'),
    ];
    const chain = await newHelper(customer, 'chain_it', {
      helpers: [first, second],
      delay_seconds: 2,
      on_success_helpers: [third],
    });
    const parent = await customer.api.ended(await execute(customer, chain, CONTACT));
    expect(parent.status).toBe('completed');
    const steps = await stepsOf(customer, [first, second, third]);
    expect(steps.map((step) => [step.status, step.parent_id])).toEqual(
      steps.map(() => ['completed', parent.execution_id]),
    );
    for (const [index, step] of steps.entries()) {
      const before = steps[index - 1];
      if (before === undefined) continue;
      const gap = Date.parse(step.started_at) - Date.parse(before.completed_at ?? '');
      expect(gap).toBeGreaterThanOrEqual(1_900);
    }
    expect(await notes()).toEqual(['first', 'second', 'third']);
  });

  it('stop at a failed step and go on with what follows failure', async () => {
    const { customer } = running;
    const [failing, never, afterwards] = [
      await newHelper(customer, 'math_it', { field: 'given_name', operation: 'add', operand: 1 }),
      await note(customer, 'never'),
      await note(customer, 'afterwards'),
    ];
    const chain = await newHelper(customer, 'chain_it', {
      helpers: [failing, never],
      stop_on_failure: true,
      on_failure_helpers: [afterwards],
    });
    await execute(customer, chain, CONTACT);
    const steps = await stepsOf(customer, [failing, afterwards]);
    expect(steps.map((step) => step.status)).toEqual(['failed', 'completed']);
    expect(await notes()).toEqual(['afterwards']);
    expect(await customer.api.executionsOf(never)).toEqual([]);
  });

  it('end where a limit is reached, exactly, under concurrency', async () => {
    const { customer } = running;
    const limit = await newHelper(customer, 'limit_it', { limit_type: 'per_day', max_executions: 3, scope: 'helper' });
    const after = await note(customer, 'within the limit');
    const chain = await newHelper(customer, 'chain_it', { helpers: [limit, after] });
    const contacts = Array.from({ length: 10 }, (_, index) => String(1001 + index));
    await Promise.all(contacts.map((contact) => execute(customer, chain, contact)));
    expect(await customer.api.allEnded(chain)).toEqual({ completed: 10 });
    await waitFor(async () => (await customer.api.executionsOf(limit)).length === 10, {
      deadlineMs: 20_000,
      everyMs: 200,
      what: 'ten counted steps',
    });
    expect(await customer.api.allEnded(limit)).toEqual({ completed: 10 });
    await waitFor(async () => (await customer.api.executionsOf(after)).length === 3, {
      deadlineMs: 20_000,
      everyMs: 200,
      what: 'three steps within the limit',
    });
    expect(await customer.api.allEnded(after)).toEqual({ completed: 3 });
    expect(await notes()).toHaveLength(3);
  });
});
