import type { ExecutionRecord, HoldReason } from './execution-record.js';

/** What is read of the open executions of one contact to decide whose turn it is. */
export type InTurn = Pick<ExecutionRecord, '_id' | 'account_id' | 'helper_type' | 'held' | 'turn_key' | 'lane'> & {
  hold?: HoldReason;
  not_before?: Date;
  waiting?: ExecutionRecord['waiting'];
};

/**
 * Whose turn it is among the open executions of one contact, or null when somebody has it or nobody may go on.
 * A job that waits for a retry, a limit or its connection keeps later ones of its helper type waiting (their order
 * matters to the customer), other types go on. A job that is merely scheduled keeps nobody waiting.
 * @param mayUseBulk whether the account has room in the bulk lane
 */
export function nextInTurn(
  open: readonly InTurn[],
  now: Date,
  mayUseBulk: (accountId: string) => boolean,
): InTurn | null {
  if (open.some((execution) => !execution.held)) return null;
  const ordered = open.toSorted((a, b) => (a._id < b._id ? -1 : 1));
  const blockedTypes = new Set<string>();
  for (const execution of ordered) {
    if (execution.not_before !== undefined && execution.not_before > now) {
      if (execution.waiting?.reason !== 'schedule') blockedTypes.add(execution.helper_type);
      continue;
    }
    if (blockedTypes.has(execution.helper_type)) continue;
    if (execution.lane === 'bulk' && execution.hold === 'bulk' && !mayUseBulk(execution.account_id)) {
      blockedTypes.add(execution.helper_type);
      continue;
    }
    return execution;
  }
  return null;
}
