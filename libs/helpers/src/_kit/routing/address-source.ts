import { z } from 'zod';
import { choice, fieldName } from '../config/options.js';
import { HelperFailure } from '../helper-failure.js';
import type { RunContext } from '../run-context.js';
import { fieldText } from '../text/field-text.js';

/** Where the IP address of a run may come from. */
export const addressOptions = {
  ip_source: choice(
    ['request', 'field', 'configured'],
    'Which address must be there: the one of the request (input.ip_address, query ip), of a contact field, or the configured one; what stands before it in this list is taken when it is there',
    'request',
  ),
  ip_field: fieldName('Contact field with the IP address').optional(),
  ip_address: z.string().trim().min(1).meta({ description: 'IP address when nothing else names one' }).optional(),
};

const isGiven = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '';

/** Configurations that name an address or a field need not say where it comes from. */
export function withAddressSource(given: Record<string, unknown>): Record<string, unknown> {
  if (isGiven(given['ip_source'])) return given;
  if (isGiven(given['ip_address'])) return { ...given, ip_source: 'configured' };
  return isGiven(given['ip_field']) ? { ...given, ip_source: 'field' } : given;
}

interface AddressConfig {
  ip_source: 'request' | 'field' | 'configured';
  ip_field?: string | undefined;
  ip_address?: string | undefined;
}

/** Refuses a source that is not filled in. */
export function checkAddressSource(config: AddressConfig, context: z.RefinementCtx): void {
  const option = { request: undefined, field: 'ip_field', configured: 'ip_address' } as const;
  const needed = option[config.ip_source];
  if (needed === undefined || config[needed] !== undefined) return;
  context.addIssue({
    code: 'custom',
    path: [needed],
    message: `Needed because ip_source is ${config.ip_source}`,
    params: { missing: true },
  });
}

/** Names under which requests carry the address, the explicit one first. */
const INPUT_NAMES = ['ip_address', 'ip', 'caller_ip'];

function ofRequest({ input, query }: Pick<RunContext<unknown>, 'input' | 'query'>): string {
  const values = [...INPUT_NAMES.map((name) => input[name]), ...INPUT_NAMES.map((name) => query[name])];
  return fieldText(values.find(isGiven)).trim();
}

/**
 * The address of this run: of the request, else of the contact's field, else the configured one.
 * @throws HelperFailure `ip_address_missing`
 */
export async function addressOf(context: RunContext<AddressConfig>): Promise<string> {
  const { config, connected, crm, identity } = context;
  const requested = ofRequest(context);
  if (requested !== '') return requested;
  const { ip_field: field, ip_address: configured } = config;
  if (field !== undefined && connected && (identity.contactId ?? '') !== '') {
    const stored = fieldText(await crm.readField(field)).trim();
    if (stored !== '') return stored;
  }
  if (configured !== undefined) return configured;
  throw new HelperFailure('ip_address_missing', 'give_up', 'No IP address is known: send one as input.ip_address.');
}
