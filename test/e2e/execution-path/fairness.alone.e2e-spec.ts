import { describe, expect, it } from '@jest/globals';
import { execute, newCustomer, newHelper, type Customer } from '../support/customer.js';
import { useSystem } from '../support/use-system.js';

const BACKLOG = 20_000;
const CLIENTS = 64;
const LONGEST_WAIT_MS = 2_000;
/** Accepting the backlog is most of it: some 40 s on two idle cores, several times that on busy ones. */
const TEST_MS = 300_000;
/** A type that calls no CRM, so that the queue is all there is to wait for. */
const COUNTER = { limit_type: 'per_hour', max_executions: 1_000_000, scope: 'helper' };

async function fill(customer: Customer, helper: string): Promise<void> {
  let left = BACKLOG;
  const client = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await execute(customer, helper);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
}

describe('one account has a long queue', () => {
  const running = useSystem({ runners: 0 });

  it(
    `does not let another account's job of the same type wait behind ${BACKLOG} jobs`,
    async () => {
      const { system, customer } = running;
      const other = await newCustomer(system);
      const long = await newHelper(customer, 'limit_it', COUNTER);
      const single = await newHelper(other, 'limit_it', COUNTER);
      await fill(customer, long);
      await system.startRunner();

      const waits: number[] = [];
      for (let index = 0; index < 5; index += 1) {
        const ended = await other.api.ended(await execute(other, single));
        expect(ended.status).toBe('completed');
        waits.push(Date.parse(ended.started_at) - Date.parse(ended.created_at));
      }
      expect(Math.max(...waits)).toBeLessThan(LONGEST_WAIT_MS);
      const open = await customer.api.get<{ executions: unknown[] }>(
        `/executions?helper_id=${long}&status=pending&limit=1`,
      );
      expect(open.data.executions).toHaveLength(1);
    },
    TEST_MS,
  );
});
