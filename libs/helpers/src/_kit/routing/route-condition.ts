import { z } from 'zod';
import { exactText, fieldName, flag, text } from '../config/options.js';
import type { ContactCrm } from '../crm/contact-crm.js';
import { CONDITION_OPERATORS, conditionHolds, type ConditionOperator } from '../text/condition.js';
import { fieldText } from '../text/field-text.js';
import { readNumber } from '../text/read-number.js';

const SIZE_OPERATORS = ['gt', 'gte', 'lt', 'lte'] as const;
type SizeOperator = (typeof SIZE_OPERATORS)[number];

const fieldCondition = z.object({
  field: fieldName('Contact field to look at'),
  operator: z
    .enum([...CONDITION_OPERATORS, ...SIZE_OPERATORS])
    .meta({ description: 'Comparison; gt, gte, lt and lte compare numbers' })
    .default('equals'),
  value: z
    .union([exactText('Text'), z.number(), z.boolean()])
    .transform(fieldText)
    .meta({ description: 'Value to compare with' })
    .default(''),
});
const tagCondition = z.object({
  tag: text('Tag, by id or name'),
  has: flag('Whether the contact must have the tag or must not').default(true),
});

/** Something that must hold for a contact: of a field, or of a tag. */
export const routeCondition = z.union([tagCondition, fieldCondition]);
export type RouteCondition = z.output<typeof routeCondition>;

const isSize = (operator: ConditionOperator | SizeOperator): operator is SizeOperator =>
  SIZE_OPERATORS.some((each) => each === operator);

/** What is no number is neither larger nor smaller than anything. */
function sizeHolds(operator: SizeOperator, actual: unknown, expected: string): boolean {
  const [left, right] = [readNumber(actual), readNumber(expected)];
  return left !== null && right !== null && left[operator](right);
}

const normalized = (name: string): string => name.trim().toLowerCase();

/** Reads what is needed and no more; a failing read is an error, not an empty field. */
export async function routeConditionHolds(crm: ContactCrm, condition: RouteCondition): Promise<boolean> {
  if ('tag' in condition) {
    const { tags = [] } = await crm.contact();
    const wanted = normalized(condition.tag);
    return tags.some(({ id, name }) => id === condition.tag || normalized(name) === wanted) === condition.has;
  }
  const { field, operator, value } = condition;
  const actual = await crm.readField(field);
  return isSize(operator) ? sizeHolds(operator, actual, value) : conditionHolds(operator, fieldText(actual), value);
}
