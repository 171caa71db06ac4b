import type { ContactCrm } from './crm/contact-crm.js';
import type { DoubtPolicy, EffectOperation } from './effects.js';
import type { RunPorts } from './ports.js';

/** Who runs, for whom, and as what. */
export interface RunIdentity {
  accountId: string;
  helperId: string;
  executionId: string;
  userId?: string;
  contactId?: string;
  connectionId?: string;
  /** IANA zone of the account. */
  timezone?: string;
  /** How deep in chains this execution is; 0 for one that no other execution started. */
  depth: number;
}

/** What a helper does once per execution, whatever the number of deliveries. */
export interface RunEffect {
  step: string;
  operation: EffectOperation;
  target: string;
  summary: string;
  /** Instead of the declared one, where this effect is easier to judge than others of its operation. */
  inDoubt?: DoubtPolicy;
}

/** The whole world of a running helper. Nothing else is allowed in: no clock, no network, no environment. */
export interface RunContext<Config> extends Omit<RunPorts, 'connect' | 'remember' | 'effect'> {
  /** Validated, normalised, with defaults. */
  config: Config;
  /** Body of the request that asked for this run. */
  input: Record<string, unknown>;
  /** Query of that request. */
  query: Record<string, string>;
  identity: RunIdentity;
  /** Whether the helper has a CRM connection. */
  connected: boolean;
  /** @throws HelperFailure `crm_connection_required` on first use without a connection */
  crm: ContactCrm;
  /** The value as the first delivery of the execution computed it. */
  remember: <T>(step: string, compute: () => Promise<T>) => Promise<T>;
  /** Once per execution, by the policy that the definition declares for the operation. */
  effect: <T>(effect: RunEffect, work: (idempotencyKey: string) => Promise<T>) => Promise<T>;
  /** Shown with the result: what was left out or went wrong without failing the run. */
  warn: (message: string) => void;
}
