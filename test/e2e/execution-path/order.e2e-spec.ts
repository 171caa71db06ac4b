import { describe, expect, it } from '@jest/globals';
import type { ExecutionData } from '../support/api-client.js';
import { execute, newHelper } from '../support/customer.js';
import { contactIds } from '../support/persistent-clients.js';
import { useSystem } from '../support/use-system.js';

const EACH = 20;
const LATENCY_MS = 20;

interface Period {
  id: string;
  contact: string;
  type: string;
  from: number;
  to: number;
}

const periodOf = (execution: ExecutionData): Period => ({
  id: execution.execution_id,
  contact: execution.contact_id,
  type: execution.helper_type,
  from: Date.parse(execution.started_at),
  to: Date.parse(execution.completed_at ?? ''),
});

describe('order and mutual exclusion', () => {
  const running = useSystem({ runners: 2 });

  it('lets executions of one contact never overlap, in the order accepted, while contacts go on side by side', async () => {
    const { system, customer } = running;
    await system.sandbox.faults([{ id: 'slow', match: { dialect: 'keap' }, latency_ms: LATENCY_MS }]);
    const helpers = [
      await newHelper(customer, 'note_it', { subject: 'Order', body: 'Once' }),
      await newHelper(customer, 'math_it', { field: 'Score', operation: 'add', operand: 1 }),
      await newHelper(customer, 'tag_it', { action: 'apply', tag_ids: ['199'] }),
      await newHelper(customer, 'format_it', { field: 'given_name', format: 'uppercase' }),
    ];
    const contacts = contactIds(1001, 5);
    const accepted = await Promise.all(
      contacts.map(async (contact) => {
        const ids: string[] = [];
        for (let index = 0; index < EACH; index += 1) {
          ids.push(await execute(customer, helpers[index % helpers.length] ?? '', contact));
        }
        return ids;
      }),
    );

    for (const helper of helpers) expect(Object.keys(await customer.api.allEnded(helper))).toEqual(['completed']);
    const recorded = (await Promise.all(helpers.map((helper) => customer.api.executionsOf(helper)))).flat();
    expect(recorded.map((execution) => execution.execution_id).toSorted()).toEqual(accepted.flat().toSorted());
    const periods = recorded.map(periodOf);

    for (const [index, contact] of contacts.entries()) {
      const own = periods
        .filter((period) => period.contact === contact)
        .toSorted((a, b) => a.from - b.from || a.to - b.to);
      const overlaps = own.filter((period, at) => at > 0 && period.from < (own[at - 1]?.to ?? 0));
      expect(overlaps).toEqual([]);
      for (const type of new Set(own.map((period) => period.type))) {
        const ran = own.filter((period) => period.type === type).map((period) => period.id);
        expect(ran).toEqual(accepted[index]?.filter((id) => ran.includes(id)));
      }
    }
    const sideBySide = periods.filter((one) =>
      periods.some((other) => other.contact !== one.contact && other.from < one.to && one.from < other.to),
    );
    expect(sideBySide.length).toBeGreaterThan(EACH);
    const notes = await system.sandbox.effects({ operation: 'CreateNote' });
    expect(notes).toHaveLength(recorded.filter((execution) => execution.helper_type === 'note_it').length);
  });
});
