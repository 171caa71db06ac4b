import type { ExecutionStatus } from '#contracts';
import { StateMachine } from '#persistence';

/** Nothing goes back: an execution that waits keeps its status, and work that has begun cannot be cancelled. */
export const executionStates = new StateMachine<ExecutionStatus>('executions', {
  pending: ['running', 'completed', 'failed', 'cancelled'],
  running: ['completed', 'failed'],
  completed: [],
  failed: [],
  cancelled: [],
});
