import type { Answer } from '../../server/answer.js';
import { isoTime } from '../../store/iso-time.js';
import type { CardRecord, PaymentRecord, SubscriptionRecord } from '../../store/records.js';
import type { Call, Operation } from '../dialect.js';
import { found } from '../input.js';
import { byIds, byNumber, byText, byTime, conditionsOf, filtered } from './filter.js';
import { idKey, pageOf } from './paging.js';

/** What contacts have paid, pay again and again, and pay with. */
export const billingOperations: readonly Operation[] = [
  { method: 'GET', path: '/sales/payments', name: 'GetPayments', handle: listPayments },
  { method: 'GET', path: '/subscriptions', name: 'GetSubscriptions', handle: listSubscriptions },
  { method: 'GET', path: '/contacts/:contact_id/paymentMethods', name: 'GetPaymentMethods', handle: listCards },
];

function listPayments({ query, store }: Call): Answer {
  const matching = filtered(store.payments.values(), conditionsOf(query), {
    id: byNumber<PaymentRecord>(idKey),
    ids: byIds<PaymentRecord>(({ id }) => id),
    amount: byNumber<PaymentRecord>(({ amountMinor }) => amountMinor / 100),
    order_id: byText<PaymentRecord>(({ orderId }) => orderId),
    order_ids: byIds<PaymentRecord>(({ orderId }) => orderId),
    contact_id: byText<PaymentRecord>(({ contactId }) => contactId),
    since_time: byTime<PaymentRecord>(({ paidAt }) => paidAt, 'since'),
    until_time: byTime<PaymentRecord>(({ paidAt }) => paidAt, 'until'),
  });
  const page = pageOf(matching, query, {
    id: idKey,
    amount: ({ amountMinor }) => amountMinor,
    payment_time: ({ paidAt }) => paidAt,
    contact_id: ({ contactId }) => Number(contactId),
  });
  const payments = page.items.map(({ id, contactId, orderId, amountMinor, note, paidAt }) => ({
    id,
    type: 'Credit Card',
    amount: amountMinor / 100,
    note,
    status: 'COMPLETED',
    commissioned: false,
    synced: false,
    payment_time: isoTime(paidAt),
    contact_id: contactId,
    order_ids: [orderId],
    update_time: isoTime(paidAt),
  }));
  return { status: 200, body: { payments, next_page_token: page.nextPageToken } };
}

function listSubscriptions({ query, store }: Call): Answer {
  const matching = filtered(store.subscriptions.values(), conditionsOf(query), {
    contact_id: byText<SubscriptionRecord>(({ contactId }) => contactId),
    status: byText<SubscriptionRecord>(({ active }) => (active ? 'ACTIVE' : 'INACTIVE')),
  });
  const page = pageOf(matching, query, { id: idKey, contact_id: ({ contactId }) => Number(contactId) });
  const subscriptions = page.items.map((subscription) => ({
    id: subscription.id,
    quantity: 1,
    active: subscription.active,
    contact_id: subscription.contactId,
    billing_amount: subscription.amountMinor / 100,
    auto_charge: true,
    billing_frequency: 1,
    billing_cycle: subscription.cycle,
    start_date: subscription.startsOn,
    last_bill_date: subscription.lastBillOn,
    ...(subscription.nextBillOn !== '' && { next_bill_date: subscription.nextBillOn }),
  }));
  return { status: 200, body: { subscriptions, next_page_token: page.nextPageToken } };
}

function listCards({ params, query, store }: Call): Answer {
  const contact = found(store.contacts.get(params['contact_id'] ?? ''), 'Contact', params['contact_id']);
  const matching = filtered(store.cards.of(contact.id), conditionsOf(query), {
    merchant_account_id: byText<CardRecord>(() => '1'),
  });
  const page = pageOf(matching, query, { created_time: ({ createdAt }) => createdAt });
  const records = page.items.map((card) => ({
    payment_method_id: card.id,
    payment_method_type: 'CARD',
    contact_id: contact.id,
    created_time: isoTime(card.createdAt),
    merchant_account_id: '1',
    merchant_account_type: 'STRIPE',
    card_info: {
      brand: card.brand,
      card_type: 'CREDIT',
      last_four: card.lastFour,
      expiration_month: card.expiryMonth,
      expiration_year: card.expiryYear,
    },
  }));
  return { status: 200, body: { records, next_page_token: page.nextPageToken } };
}
