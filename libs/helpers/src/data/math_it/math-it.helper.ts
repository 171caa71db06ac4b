import { Decimal } from 'decimal.js';
import { z } from 'zod';
import { choice, decimal, fieldName, requireOption } from '../../_kit/config/options.js';
import { writeOneField } from '../../_kit/crm/write-one-field.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { HelperFailure } from '../../_kit/helper-failure.js';
import { isEmptyValue } from '../../_kit/text/field-text.js';
import { readNumber } from '../../_kit/text/read-number.js';
import { compute, NEEDS_OPERAND, OPERATIONS } from './compute.js';

function numberIn(value: unknown, field: string): Decimal {
  if (isEmptyValue(value) || (typeof value === 'string' && value.trim() === '')) return new Decimal(0);
  const number = readNumber(value);
  if (number === null) throw new HelperFailure('field_not_numeric', 'give_up', `Field ${field} holds no number.`);
  return number;
}

export const mathIt = defineHelper({
  type: 'math_it',
  category: 'data',
  title: 'Math It',
  summary: 'Does one step of arithmetic on a field and stores the result as text.',
  rules: [
    'An empty field counts as 0. Text is a number when all of it is one: a currency sign, spaces and commas between groups of three are allowed. Anything else fails with `field_not_numeric`.',
    'Arithmetic is decimal. Every result is rounded to the decimal places, halves away from zero.',
    'A whole result has no decimal point, any other exactly as many digits after it as asked for.',
    'The result is computed once for an execution: a repeated delivery never applies the step again.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: [],
  effects: { setContactFieldValue: { inDoubt: 'repeat' } },
  aliases: { value: 'operand' },
  config: z
    .object({
      field: fieldName('Field with the number'),
      operation: choice(OPERATIONS, 'What to compute', 'add'),
      operand: decimal('Second number, for add, subtract, multiply, divide and percent').optional(),
      target_field: fieldName('Field for the result; the field itself when left out').optional(),
      decimal_places: z.int().min(0).max(10).meta({ description: 'Decimal places of the result' }).default(2),
    })
    .superRefine(({ operation, operand }, context) => {
      if (NEEDS_OPERAND.has(operation) && operand === undefined) requireOption(context, 'operand', `for ${operation}`);
    }),

  async run({ config, crm, remember }) {
    const { field, operation, decimal_places: places, target_field: target = field } = config;
    const operand = readNumber(config.operand) ?? new Decimal(0);
    const result = await remember('result', async () =>
      compute(operation, numberIn(await crm.readField(field), field), operand, places),
    );
    return writeOneField(crm, target, result);
  },
});
