import type { z } from 'zod';
import { parseConfig, type ConfigError } from './config/config-errors.js';
import { openCrm } from './crm/open-crm.js';
import type { HelperDefinition } from './define-helper.js';
import { EffectGate } from './effect-gate.js';
import { HelperFailure } from './helper-failure.js';
import type { HelperAction, HelperResult } from './helper-result.js';
import type { RunPorts } from './ports.js';
import type { RunContext, RunIdentity } from './run-context.js';
import { toRunFailure, type RunFailure } from './run-failure.js';

/** What one run is about; frozen when the execution was accepted. */
export interface HelperJob {
  /** As stored, with its secrets opened. */
  config: unknown;
  input: Record<string, unknown>;
  query: Record<string, string>;
  identity: RunIdentity;
}

/** Output of an execution, as records, events and the API carry it. */
export interface RunOutput extends Record<string, unknown> {
  modified_data: Record<string, unknown>;
  actions: HelperAction[];
  warnings: string[];
  /** A chain that this run is a step of ends here. */
  ends_chain?: true;
}

export interface RunOutcome {
  success: boolean;
  output: RunOutput;
  /** Present exactly when there was no success. */
  failure?: RunFailure;
}

const describeErrors = (errors: readonly ConfigError[]): string =>
  errors.map(({ field, message }) => (field === '' ? message : `${field}: ${message}`)).join('; ');

function checkRequirements(definition: HelperDefinition, ports: RunPorts, identity: RunIdentity): void {
  if (definition.requiresCrm && ports.connect === null) {
    throw new HelperFailure('crm_connection_required', 'give_up', 'This helper needs a CRM connection.');
  }
  if (definition.requiresContact && (identity.contactId ?? '') === '') {
    throw new HelperFailure('contact_required', 'give_up', 'This helper needs a contact.');
  }
}

function contextOf<Config>(
  definition: HelperDefinition,
  ports: RunPorts,
  job: HelperJob,
  config: Config,
  warnings: string[],
): RunContext<Config> {
  const { connect, ...world } = ports;
  const gate = new EffectGate(definition, ports);
  return {
    ...world,
    config,
    input: job.input,
    query: job.query,
    identity: job.identity,
    connected: connect !== null,
    crm: openCrm(connect, definition, ports, job.identity.contactId),
    remember: (step, compute) => ports.remember(step, compute),
    effect: ({ step, operation, target, summary, inDoubt }, work) =>
      gate.pass(operation, target, summary, work, { step, inDoubt }),
    warn: (message) => void warnings.push(message),
  };
}

function toOutcome(result: HelperResult, warnings: string[]): RunOutcome {
  const output: RunOutput = {
    modified_data: result.modifiedData ?? {},
    actions: result.actions ?? [],
    warnings,
    ...(result.endsChain === true ? { ends_chain: true as const } : {}),
  };
  if (result.success) return { success: true, output };
  const failure = result.failure ?? {
    code: 'unsuccessful',
    class: 'give_up' as const,
    message: 'The helper ended without success.',
  };
  return { success: false, output, failure };
}

/**
 * Runs a helper once: validates the configuration, checks what the type requires, and turns whatever happens into an
 * outcome. Never throws. Nothing is called before the configuration is known to be valid.
 */
export async function runHelper<Schema extends z.ZodType>(
  definition: HelperDefinition<Schema>,
  ports: RunPorts,
  job: HelperJob,
): Promise<RunOutcome> {
  const warnings: string[] = [];
  try {
    const parsed = parseConfig(definition, job.config);
    if (!parsed.ok) throw new HelperFailure('invalid_config', 'give_up', describeErrors(parsed.errors));
    checkRequirements(definition, ports, job.identity);
    return toOutcome(await definition.run(contextOf(definition, ports, job, parsed.config, warnings)), warnings);
  } catch (error) {
    return toOutcome({ success: false, failure: toRunFailure(error) }, warnings);
  }
}
