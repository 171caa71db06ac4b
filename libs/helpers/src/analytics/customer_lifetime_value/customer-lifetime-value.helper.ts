import { z } from 'zod';
import { fieldName, MISSING } from '../../_kit/config/options.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { PartialWrites } from '../../_kit/partial-writes.js';
import { lifetimeValue } from './lifetime-value.js';

const NO_SAVE = 'no_save';
const isField = (field: string | undefined): field is string => field !== undefined && field !== NO_SAVE;

const config = z
  .object({
    lcv_total_orders: fieldName('Field for the number of orders; `no_save` for none').optional(),
    lcv_total_spend: fieldName('Field for the amount paid; `no_save` for none').optional(),
    lcv_average_order: fieldName('Field for the average order; `no_save` for none').optional(),
    lcv_total_due: fieldName('Field for the outstanding balance; `no_save` for none').optional(),
    include_zero: z
      .union([z.boolean(), z.enum(['Yes', 'No'])])
      .transform((value) => value === true || value === 'Yes')
      .meta({ description: 'Count orders of zero value, too' })
      .prefault('No'),
  })
  .superRefine((options, context) => {
    const {
      lcv_total_orders: orders,
      lcv_total_spend: spend,
      lcv_average_order: average,
      lcv_total_due: due,
    } = options;
    if ([orders, spend, average, due].some(isField)) return;
    context.addIssue({
      code: 'custom',
      path: [],
      message: 'Name a field for at least one of the figures',
      params: MISSING,
    });
  });

export const customerLifetimeValue = defineHelper({
  type: 'customer_lifetime_value',
  category: 'analytics',
  title: 'Customer Lifetime Value',
  summary: 'Computes number of orders, amount paid, average order and balance, and stores them in fields.',
  rules: [
    'Figures come from the orders of the contact in the CRM. A contact without orders is left alone.',
    'The average is the amount paid by the number of orders; the balance is what was due less what was paid, and may be negative.',
    'Amounts are computed exactly and rounded to two decimals, halves away from zero; they are written as plain digits without superfluous zeros.',
    'Orders that cannot be read fail the run, and nothing is written.',
    'A field that fails becomes a warning; the run fails only when every field did.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: [],
  effects: { setContactFieldValue: 'repeatable' },
  config,

  async run(context) {
    const { config: options, crm } = context;
    const value = await lifetimeValue(crm, options.include_zero);
    if (value === null) return { success: true };
    const fields = [
      { field: options.lcv_total_orders, amount: value.orders },
      { field: options.lcv_total_spend, amount: value.paid },
      { field: options.lcv_average_order, amount: value.average },
      { field: options.lcv_total_due, amount: value.balance },
    ];
    const writes = new PartialWrites(context);
    for (const { field, amount } of fields) {
      if (!isField(field)) continue;
      const text = amount.toFixed();
      const action = { type: 'field_updated', target: field, value: text };
      await writes.attempt(`Field ${field} could not be written`, () => crm.writeField(field, text), action);
    }
    return writes.result({
      total_orders: value.orders.toNumber(),
      total_spend: value.paid.toNumber(),
      average_order: value.average.toNumber(),
      total_owe: value.balance.toNumber(),
      include_zero: options.include_zero ? 'Yes' : 'No',
    });
  },
});
