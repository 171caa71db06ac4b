import { mapSecrets, SECRET_MASK } from '../config/secrets.js';
import type { HelperDefinition } from '../define-helper.js';
import type { HelperAction } from '../helper-result.js';
import type { RunPorts } from '../ports.js';
import { runHelper, type HelperJob } from '../run-helper.js';
import type { FailureClass } from '../helper-failure.js';
import {
  DryRunNotes,
  type DryRunCall,
  type DryRunDelivery,
  type DryRunRequest,
  type FieldChange,
} from './dry-run-notes.js';
import { recordingPorts, type ReadCount } from './recording-ports.js';

/** What a helper would do, and what it found on the way. */
export interface DryRunReport {
  would_succeed: boolean;
  /** Why it would not. */
  error?: { code: string; class: FailureClass; message: string };
  calls: DryRunCall[];
  fields: FieldChange[];
  tags: { added: string[]; removed: string[] };
  http: DryRunRequest[];
  enqueued: { helper_id: string; delay_seconds: number }[];
  /** Mails and files. */
  deliveries: DryRunDelivery[];
  modified_data: Record<string, unknown>;
  actions: HelperAction[];
  warnings: string[];
}

const SECRET_HEADER = /authorization|cookie|token|secret|password|signature|api-?key/i;
/** Shorter ones would hide half of the report. */
const SHORTEST_SECRET = 4;

function hidden<T>(value: T, secrets: readonly string[]): T {
  if (typeof value === 'string') {
    return secrets.reduce<string>(
      (text, secret) => text.replaceAll(secret, SECRET_MASK).replaceAll(encodeURIComponent(secret), SECRET_MASK),
      value,
    ) as T;
  }
  if (Array.isArray(value)) return value.map((each: unknown) => hidden(each, secrets)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, hidden(each as unknown, secrets)])) as T;
}

const withoutCredentials = (request: DryRunRequest): DryRunRequest => ({
  ...request,
  headers: Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, SECRET_HEADER.test(name) ? SECRET_MASK : value]),
  ),
});

async function secretsOf(definition: HelperDefinition, config: unknown, notes: DryRunNotes): Promise<string[]> {
  if (typeof config === 'object' && config !== null && !Array.isArray(config)) {
    await mapSecrets(definition, config as Record<string, unknown>, async (secret) => {
      notes.secrets.add(secret);
      return secret;
    });
  }
  return [...notes.secrets].filter((secret) => secret.length >= SHORTEST_SECRET);
}

/**
 * Runs a helper without effect: reads are real, changes are noted. Never throws.
 * @param ports those of a real run
 * @param readCount how the helper's counters stand
 */
export async function dryRunHelper(
  definition: HelperDefinition,
  ports: RunPorts,
  job: HelperJob,
  readCount: ReadCount,
): Promise<DryRunReport> {
  const notes = new DryRunNotes();
  const { output, failure } = await runHelper(definition, recordingPorts(ports, notes, readCount, job.identity), job);
  const depends = failure !== undefined && notes.guessed;
  if (depends) {
    notes.warnings.add(`How it goes on depends on answers that a dry run does not get: ${failure.message}`);
  }
  const report: DryRunReport = {
    would_succeed: failure === undefined || depends,
    ...(failure === undefined || depends
      ? {}
      : { error: { code: failure.code, class: failure.class, message: failure.message } }),
    calls: notes.calls,
    fields: notes.fields,
    tags: { added: [...notes.added], removed: [...notes.removed] },
    http: notes.http.map(withoutCredentials),
    enqueued: notes.enqueued,
    deliveries: notes.deliveries,
    modified_data: output.modified_data,
    actions: output.actions,
    warnings: [...output.warnings, ...notes.warnings],
  };
  return hidden(report, await secretsOf(definition, job.config, notes));
}
