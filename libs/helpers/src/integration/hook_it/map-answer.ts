import type { FieldValue, UpdateContactInput } from '#connectors';
import type { HelperAction } from '../../_kit/helper-result.js';
import type { RunContext } from '../../_kit/run-context.js';
import { stopsRun, toRunFailure } from '../../_kit/run-failure.js';
import type { HookItConfig } from './hook-it.config.js';
import { atPath } from './triggering-event.js';
import { jsonText } from '../../_kit/text/field-text.js';

const STANDARD: ReadonlySet<string> = new Set(['first_name', 'last_name', 'email', 'phone', 'company']);

function jsonObject(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON: the caller says so in a warning.
    return undefined;
  }
}

/** What a field can hold: plain values, lists of texts, and JSON text for everything else. */
function toFieldValue(value: unknown): FieldValue {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  return jsonText(value);
}

function collect(config: HookItConfig, answer: unknown): UpdateContactInput | null {
  const standard: Record<string, string> = {};
  const custom: Record<string, FieldValue> = {};
  for (const { response_field: path, crm_field: field } of config.response_mappings) {
    const value = atPath(answer, path);
    if (value === undefined || value === null) continue;
    if (STANDARD.has(field)) standard[field] = String(toFieldValue(value));
    else custom[field] = toFieldValue(value);
  }
  const hasCustom = Object.keys(custom).length > 0;
  if (!hasCustom && Object.keys(standard).length === 0) return null;
  return { ...standard, ...(hasCustom ? { custom_fields: custom } : {}) };
}

/** Copies the configured values of an answer to the contact, in one update; a failure is a warning. */
export async function mapAnswer(context: RunContext<HookItConfig>, text: string): Promise<HelperAction[]> {
  const { config, crm, warn } = context;
  if (!config.parse_response || config.response_mappings.length === 0) return [];
  const answer = jsonObject(text);
  if (typeof answer !== 'object' || answer === null) {
    warn('The answer is no JSON object; nothing was copied from it.');
    return [];
  }
  const update = collect(config, answer);
  if (update === null) return [];
  try {
    await crm.updateContact(update);
  } catch (error) {
    if (stopsRun(error)) throw error;
    warn(`The answer could not be copied to the contact: ${toRunFailure(error).message}`);
    return [];
  }
  return [{ type: 'contact_updated', target: crm.contactId, value: update }];
}
