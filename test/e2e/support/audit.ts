import { expect } from '@jest/globals';
import type { Customer } from './customer.js';
import type { RunningSystem } from './running-system.js';

/**
 * Waits for the end of a helper's executions, then compares what was promised with what is recorded: every accepted
 * execution exists once and has completed, and there is none besides.
 */
export async function auditExecutions(
  customer: Customer,
  helperId: string,
  acceptedIds: readonly string[],
  deadlineMs = 60_000,
): Promise<void> {
  await customer.api.allEnded(helperId, deadlineMs);
  const recorded = await customer.api.executionsOf(helperId);
  expect(recorded.map((execution) => execution.execution_id).toSorted()).toEqual(acceptedIds.toSorted());
  expect(recorded.filter((execution) => execution.status !== 'completed')).toEqual([]);
}

/** The demo CRM's own log holds one note for each of these contacts, and no other. */
export async function auditNotes(system: RunningSystem, contacts: readonly string[]): Promise<void> {
  const notes = await system.sandbox.effects({ operation: 'CreateNote' });
  expect(notes.map((note) => note.contact_id).toSorted()).toEqual(contacts.toSorted());
}
