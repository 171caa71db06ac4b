import type { Answer } from '../../server/answer.js';
import type { CrmStore } from '../../store/crm-store.js';
import type { OrderRecord, PaymentRecord } from '../../store/records.js';
import { isoTime } from '../../store/iso-time.js';
import type { Call, Operation } from '../dialect.js';
import { found } from '../input.js';
import { byIds, byNumber, byText, byTime, conditionsOf, filtered, type Condition } from './filter.js';
import { money } from './money.js';
import { idKey, pageOf } from './paging.js';

export const orderOperations: readonly Operation[] = [
  { method: 'GET', path: '/orders', name: 'GetOrders', handle: listOrders },
  {
    method: 'GET',
    path: '/orders/:order_id',
    name: 'GetOrder',
    handle: (call) => ({ status: 200, body: orderView(orderOf(call), call.store) }),
  },
  { method: 'GET', path: '/orders/:order_id/payments', name: 'GetOrderPayments', handle: listPayments },
];

function orderOf({ params, store }: Call): OrderRecord {
  return found(store.orders.get(params['order_id'] ?? ''), 'Order', params['order_id']);
}

function listOrders({ query, store }: Call): Answer {
  const conditions = conditionsOf(query);
  const matching = filtered(candidates(conditions, store), conditions, {
    id: byNumber<OrderRecord>(idKey),
    ids: byIds<OrderRecord>((order) => order.id),
    contact_id: byText<OrderRecord>((order) => order.contactId),
    invoice_id: byText<OrderRecord>((order) => order.invoiceId),
    title: byText<OrderRecord>((order) => order.title),
    order_type: byText<OrderRecord>((order) => (order.online ? 'ONLINE' : 'OFFLINE')),
    paid: byText<OrderRecord>((order) => String(order.paidMinor >= order.dueMinor)),
    created_since_time: byTime<OrderRecord>((order) => order.createdAt, 'since'),
    created_until_time: byTime<OrderRecord>((order) => order.createdAt, 'until'),
    modified_since_time: byTime<OrderRecord>((order) => order.updatedAt, 'since'),
    modified_until_time: byTime<OrderRecord>((order) => order.updatedAt, 'until'),
  });
  const page = pageOf(matching, query, {
    id: idKey,
    order_time: (order) => order.orderedAt,
    modification_time: (order) => order.updatedAt,
  });
  const orders = page.items.map((order) => orderView(order, store));
  return { status: 200, body: { orders, next_page_token: page.nextPageToken } };
}

function candidates(conditions: readonly Condition[], store: CrmStore): Iterable<OrderRecord> {
  const contactId = conditions.find(({ field, operator }) => field === 'contact_id' && operator === '==')?.value;
  return contactId === undefined ? store.orders.values() : store.orders.of(contactId);
}

function orderView(order: OrderRecord, store: CrmStore): Record<string, unknown> {
  const contact = store.contacts.get(order.contactId);
  return {
    id: order.id,
    title: order.title,
    status: order.status,
    order_type: order.online ? 'ONLINE' : 'OFFLINE',
    source_type: 'API',
    contact: {
      id: order.contactId,
      email: contact?.emails[0]?.address ?? '',
      given_name: contact?.firstName ?? '',
      family_name: contact?.lastName ?? '',
    },
    order_time: isoTime(order.orderedAt),
    creation_time: isoTime(order.createdAt),
    modification_time: isoTime(order.updatedAt),
    total: money(order.totalMinor),
    total_paid: money(order.paidMinor),
    total_due: money(order.dueMinor),
    refund_total: money(order.refundMinor),
    refund_status: order.refundMinor > 0 ? 'REFUNDED' : 'NONE',
    credit_status: 'NONE',
    invoice_id: order.invoiceId,
    promo_code: order.promoCode,
    order_items: order.items.map((item) => ({
      id: item.id,
      name: item.name,
      quantity: item.quantity,
      item_type: 'PRODUCT',
      price_per_unit: money(item.priceMinor),
    })),
  };
}

/** Payments are in currency units with decimals, unlike the order's own amounts. */
function listPayments(call: Call): Answer {
  const { store, query } = call;
  const order = orderOf(call);
  const payments = store.payments.of(order.contactId).filter(({ orderId }) => orderId === order.id);
  const matching = filtered(payments, conditionsOf(query), {
    payment_id: byText<PaymentRecord>(({ id }) => id),
    invoice_id: byText<PaymentRecord>(() => order.invoiceId),
    pay_status: byText<PaymentRecord>(() => 'APPROVED'),
    amount: byNumber<PaymentRecord>(({ amountMinor }) => amountMinor / 100),
  });
  const page = pageOf(matching, query, {
    pay_time: ({ paidAt }) => paidAt,
    payment_id: idKey,
    amount: ({ amountMinor }) => amountMinor,
    last_updated_time: ({ paidAt }) => paidAt,
  });
  const views = page.items.map(({ id, amountMinor, note, paidAt }) => ({
    id,
    payment_id: id,
    invoice_id: order.invoiceId,
    amount: amountMinor / 100,
    note,
    pay_time: isoTime(paidAt),
    pay_status: 'APPROVED',
    last_updated_time: isoTime(paidAt),
    skip_commission: false,
  }));
  return { status: 200, body: { invoice_order_payments: views, next_page_token: page.nextPageToken } };
}
