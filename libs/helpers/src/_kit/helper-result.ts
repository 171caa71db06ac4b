import type { RunFailure } from './run-failure.js';

/** One thing the run did, as the execution's output lists it. */
export interface HelperAction {
  type: string;
  /** Contact id, field name or URL, whichever the action is about. */
  target: string;
  value: unknown;
}

/** What a helper's `run` answers. */
export interface HelperResult {
  success: boolean;
  /** Data for the caller; field values are keyed by field name. */
  modifiedData?: Record<string, unknown>;
  /** In the order in which they were done; nothing that failed. */
  actions?: HelperAction[];
  /** Why there was no success, when the helper knows. */
  failure?: RunFailure;
  /** A chain that this run is a step of ends here, successfully. */
  endsChain?: boolean;
}
