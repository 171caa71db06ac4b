import type { FieldValue, UpdateContactInput } from '#connectors';
import { z } from 'zod';
import type { ContactCrm } from '../../_kit/crm/contact-crm.js';
import { contactTokens } from '../../_kit/crm/contact-tokens.js';
import { HelperFailure } from '../../_kit/helper-failure.js';
import { fieldText } from '../../_kit/text/field-text.js';
import { mergeTokens, tokenNames } from '../../_kit/text/merge-tokens.js';

const scalar = z.union([z.string(), z.number(), z.boolean()], {
  error: 'Must be a text, a number, true, false, null, or a list of texts',
});

/** Values by field key, as a configuration or a request gives them. */
export const fieldValues = z.record(
  z.string().trim().min(1),
  z.union([scalar, z.null(), z.array(scalar).transform((items) => items.map(fieldText))], {
    error: 'Must be a text, a number, true, false, null, or a list of texts',
  }),
);
export type FieldValues = Record<string, FieldValue>;

/**
 * The values that a request may set.
 * @param warn is told which fields are not allowed
 * @throws HelperFailure `invalid_input`
 */
export function requestedValues(
  input: Record<string, unknown>,
  allowed: readonly string[],
  warn: (message: string) => void,
): FieldValues {
  if (input['fields'] === undefined || input['fields'] === null) return {};
  const parsed = fieldValues.safeParse(input['fields']);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const path = ['fields', ...(issue?.path ?? [])].map(String).join('.');
    throw new HelperFailure('invalid_input', 'give_up', `${path}: ${issue?.message ?? 'Must be an object'}`);
  }
  const left = Object.keys(parsed.data).filter((key) => !allowed.includes(key));
  if (left.length > 0) warn(`Left out, because requests may not set them: ${left.join(', ')}.`);
  return Object.fromEntries(Object.entries(parsed.data).filter(([key]) => allowed.includes(key)));
}

/** Replaces the tokens in the texts; the contact is read only when there are any. */
export async function withTokens(crm: ContactCrm, values: FieldValues): Promise<FieldValues> {
  const texts = Object.values(values).filter((value) => typeof value === 'string');
  const names = tokenNames(texts.join('\n'));
  if (names.length === 0) return values;
  const lookup = await contactTokens(crm, names);
  const merged = (value: FieldValue): FieldValue =>
    typeof value === 'string' ? mergeTokens(value, lookup, { unknown: 'keep' }) : value;
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, merged(value)]));
}

const NAMED = ['first_name', 'last_name', 'email', 'phone', 'company'] as const;
const isNamed = (key: string): key is (typeof NAMED)[number] => NAMED.some((name) => name === key);

/** One update of the contact: the fields that the port names, and all others by their keys. */
export function updateOf(values: FieldValues): UpdateContactInput {
  const entries = Object.entries(values);
  const named = entries.filter(([key]) => isNamed(key)).map(([key, value]) => [key, fieldText(value)]);
  const others = entries.filter(([key]) => !isNamed(key));
  return {
    ...(Object.fromEntries(named) as UpdateContactInput),
    ...(others.length === 0 ? {} : { custom_fields: Object.fromEntries(others) }),
  };
}
