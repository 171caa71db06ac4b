import type { CustomField, FieldValue } from '#connectors';
import type { ContactCrm } from '../_kit/crm/contact-crm.js';
import { isStandardField } from '../_kit/crm/contact-fields.js';
import { readDate } from '../_kit/dates/read-date.js';
import { HelperFailure } from '../_kit/helper-failure.js';
import { fieldText } from '../_kit/text/field-text.js';
import { readNumber } from '../_kit/text/read-number.js';

type FieldKind = 'boolean' | 'date' | 'number' | 'list' | 'text';

/** Vendors' words for field types, in the order in which they are tried. */
const KINDS: readonly [RegExp, FieldKind][] = [
  [/bool|yes_?no/i, 'boolean'],
  [/date|timestamp/i, 'date'],
  [/number|numeric|numerical|currency|monetory|money|decimal|integer|float|percent/i, 'number'],
  [/list|multi|checkbox|array|tags/i, 'list'],
  [/text|string|email|phone|website|url|name|address|html/i, 'text'],
];

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['yes', true],
  ['1', true],
  ['false', false],
  ['no', false],
  ['0', false],
]);

function converted(value: FieldValue, kind: FieldKind): FieldValue | undefined {
  if (Array.isArray(value)) return kind === 'list' ? value : kind === 'text' ? fieldText(value) : undefined;
  switch (kind) {
    case 'boolean':
      return typeof value === 'boolean' ? value : BOOLEANS.get(fieldText(value).trim().toLowerCase());
    case 'number':
      return typeof value === 'number' ? value : readNumber(value)?.toNumber();
    case 'date': {
      const date = readDate(value, 'UTC');
      if (date === null) return undefined;
      return (date.dateOnly ? date.at.toISODate() : date.at.toISO({ suppressMilliseconds: true })) ?? undefined;
    }
    default:
      return value;
  }
}

/**
 * A value as the target field takes it; one whose type nobody knows gets the value unchanged.
 * @throws HelperFailure `value_not_convertible`
 */
export function convertValue(value: FieldValue, target: CustomField | undefined): FieldValue {
  const kind = KINDS.find(([pattern]) => target !== undefined && pattern.test(target.field_type))?.[1];
  if (kind === undefined) return value;
  const result = converted(value, kind);
  if (result !== undefined) return result;
  throw new HelperFailure(
    'value_not_convertible',
    'give_up',
    `The value cannot be written to a field of type ${target?.field_type ?? kind}.`,
  );
}

/** The definition of the custom field that a name stands for; undefined for standard fields and unknown names. */
export async function definitionOf(crm: ContactCrm, name: string): Promise<CustomField | undefined> {
  if (isStandardField(name) || !(await crm.supports('custom_fields'))) return undefined;
  const label = name.trim().toLowerCase();
  const fields = await crm.getCustomFields();
  return fields.find((field) => field.label.trim().toLowerCase() === label || field.key === name || field.id === name);
}
