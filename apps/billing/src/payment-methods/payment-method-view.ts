import { z } from 'zod';
import type { PaymentMethod } from '../payments/payment-provider.js';

export const PaymentMethodView = z
  .object({
    id: z.string(),
    brand: z.string(),
    last4: z.string(),
    exp_month: z.number().int(),
    exp_year: z.number().int(),
    is_default: z.boolean(),
  })
  .meta({ id: 'PaymentMethod' });
export type PaymentMethodView = z.infer<typeof PaymentMethodView>;

export const paymentMethodView = (method: PaymentMethod): PaymentMethodView => ({
  id: method.id,
  brand: method.brand,
  last4: method.last4,
  exp_month: method.expMonth,
  exp_year: method.expYear,
  is_default: method.isDefault,
});
