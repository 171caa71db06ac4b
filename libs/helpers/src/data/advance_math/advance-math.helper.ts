import { Decimal } from 'decimal.js';
import { z } from 'zod';
import { choice, decimal, fieldName, requireOption } from '../../_kit/config/options.js';
import { writeOneField } from '../../_kit/crm/write-one-field.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { HelperFailure } from '../../_kit/helper-failure.js';
import { readNumber } from '../../_kit/text/read-number.js';
import { calculate, NEEDS_SECOND, OPERATIONS } from './calculate.js';

function numberIn(value: unknown, field: string): Decimal {
  const number = readNumber(value);
  if (number === null) throw new HelperFailure('field_not_numeric', 'give_up', `Field ${field} holds no number.`);
  return number;
}

export const advanceMath = defineHelper({
  type: 'advance_math',
  category: 'data',
  title: 'Advance Math',
  summary: 'Raises, roots, rounds or compares the number of a field and stores the result as a number.',
  rules: [
    'The source must hold a number: text counts when all of it is one, with a currency sign, spaces and commas between groups of three allowed. An empty field is no number (`field_not_numeric`).',
    'power, min and max take their second number from the second field, or from the operand when no second field is given.',
    'Arithmetic is decimal. round goes to the nearest whole number, halves away from zero.',
    'A root of a negative number fails with `negative_square_root`; a result that no field can hold with `result_not_finite`. Nothing is written then.',
    'The result is computed once for an execution.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: [],
  effects: { setContactFieldValue: { inDoubt: 'repeat' } },
  aliases: { field: 'source_field' },
  config: z
    .object({
      operation: choice(OPERATIONS, 'What to compute'),
      source_field: fieldName('Field with the first number'),
      operand: decimal('Second number, for power, min and max').optional(),
      second_field: fieldName('Field with the second number; wins over the operand').optional(),
      target_field: fieldName('Field for the result'),
    })
    .superRefine(({ operation, operand, second_field: second }, context) => {
      if (NEEDS_SECOND.has(operation) && operand === undefined && second === undefined)
        requireOption(context, 'operand', `for ${operation}, unless a second field is given`);
    }),

  async run({ config, crm, remember }) {
    const { operation, source_field: from, second_field: second, operand, target_field: target } = config;
    const { source, result } = await remember('result', async () => {
      const first = numberIn(await crm.readField(from), from);
      const other = !NEEDS_SECOND.has(operation)
        ? new Decimal(0)
        : second === undefined
          ? (readNumber(operand) ?? new Decimal(0))
          : numberIn(await crm.readField(second), second);
      return { source: first.toNumber(), result: calculate(operation, first, other) };
    });
    return writeOneField(crm, target, result, { operation, source, result });
  },
});
