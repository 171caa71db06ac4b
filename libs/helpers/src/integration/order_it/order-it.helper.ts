import { z } from 'zod';
import { openKeapOrders } from '../../_services/keap/keap-orders.js';
import { choice, text, textList } from '../../_kit/config/options.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { HelperFailure } from '../../_kit/helper-failure.js';
import type { HelperAction } from '../../_kit/helper-result.js';
import { stopsRun, toRunFailure } from '../../_kit/run-failure.js';

function contactNumber(id: string): number {
  const number = /^\d{1,15}$/.test(id) ? Number(id) : 0;
  if (number > 0) return number;
  throw new HelperFailure('invalid_contact_id', 'give_up', 'Keap knows contacts by number; this contact has none.');
}

const isText = (code: unknown): boolean => typeof code === 'string' && code.trim() !== '';

export const orderIt = defineHelper({
  type: 'order_it',
  category: 'integration',
  title: 'Order It',
  summary: 'Creates an order in Keap for the contact.',
  rules: [
    "The order is made in the account of the helper's own Keap connection, unless another Keap connection is chosen.",
    'A quantity that is no number above 0 means 1; fractions are cut off.',
    'After success the contact gets the tag; when that is refused, a warning is given.',
    'One execution makes one order. When nobody knows whether Keap took it, the run fails with `effect_in_doubt` instead of ordering again.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: ['keap'],
  services: ['keap'],
  effects: { http: { inDoubt: 'ask' }, applyTag: 'repeatable' },
  reshape: ({ promo_codes: codes, ...others }) => ({
    ...others,
    ...(codes !== undefined && { promo_codes: Array.isArray(codes) ? codes.filter(isText) : codes }),
  }),
  config: z.object({
    product_id: z.int().min(1).meta({ description: 'Number of the product in Keap' }),
    quantity: z
      .number()
      .meta({ description: 'How many of it' })
      .transform((quantity) => Math.max(1, Math.trunc(quantity)))
      .prefault(1),
    promo_codes: textList('Promotion codes', 0).default([]),
    order_title: text('Title of the order').default('Order'),
    order_type: choice(['Offline', 'Online'], 'Where the order was placed').default('Offline'),
    apply_tag: text('Tag for the contact after success').optional(),
  }),

  async run(context) {
    const { config, crm, clock, effect, identity, warn } = context;
    const { product_id: productId, quantity, promo_codes: promoCodes, apply_tag: tag } = config;
    const contactId = contactNumber(crm.contactId);
    const orders = await openKeapOrders(context, identity.connectionId);
    const summary = `Order ${quantity} of product ${productId}`;
    const orderId = await effect({ step: 'order', operation: 'http', target: orders.url, summary }, () =>
      orders.create({
        contactId,
        productId,
        quantity,
        promoCodes,
        title: config.order_title,
        type: config.order_type,
        date: clock.now(),
      }),
    );
    const actions: HelperAction[] = [];
    if (tag !== undefined) {
      try {
        await crm.applyTag(tag);
        actions.push({ type: 'tag_applied', target: crm.contactId, value: tag });
      } catch (error) {
        if (stopsRun(error)) throw error;
        warn(`Tag ${tag} could not be applied: ${toRunFailure(error).message}`);
      }
    }
    const modifiedData = {
      order_id: orderId,
      product_id: productId,
      quantity,
      contact_id: crm.contactId,
      promo_codes: promoCodes,
    };
    return { success: true, modifiedData, actions };
  },
});
