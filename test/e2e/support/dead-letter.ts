import { waitFor } from '#testing';
import { execute, newHelper, type Customer } from './customer.js';
import type { RunningSystem } from './running-system.js';

export interface DeadLetterData {
  dead_letter_id: string;
  execution_id: string;
  status: string;
  reason: { code: string };
  replayed_as?: string;
}

/**
 * A dead letter of a customer: the CRM breaks down for one contact until the attempts are used up. Needs a system with
 * `MFH_MAX_ATTEMPTS: '1'`. Afterwards the CRM works again.
 */
export async function newDeadLetter(
  system: RunningSystem,
  customer: Customer,
  contactId: string,
): Promise<DeadLetterData> {
  const helper = await newHelper(customer, 'math_it', { field: 'Score', operation: 'add', operand: 1 });
  await system.sandbox.faults([
    { id: 'broken', match: { contact_id: contactId }, times: 1_000, status: 500, body: {} },
  ]);
  try {
    const id = await execute(customer, helper, contactId);
    await customer.api.ended(id, 60_000);
    return await waitFor(
      async () => {
        const { data } = await customer.api.get<{ dead_letters: DeadLetterData[] }>(
          `/dead-letters?helper_id=${helper}`,
        );
        return data.dead_letters.find((letter) => letter.execution_id === id);
      },
      { what: 'the dead letter', deadlineMs: 20_000, everyMs: 100 },
    );
  } finally {
    await system.sandbox.faults([]);
  }
}
