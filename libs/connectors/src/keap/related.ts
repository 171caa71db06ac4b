import type { VendorClient } from '../_kit/call/vendor-client.js';
import { path } from '../_kit/call/vendor-path.js';
import type { RelatedKind, RelatedQuery, RelatedRecord } from '../_kit/contact.js';
import { oldestFirst } from '../_kit/related-order.js';
import { criterion } from './filter.js';
import { everyPage } from './paging.js';
import { refuse } from '../_kit/refuse.js';
import {
  cardRecord,
  invoiceRecord,
  jobRecord,
  leadRecord,
  paymentRecord,
  subscriptionRecord,
} from './related-records.js';
import {
  KeapOpportunity,
  OpportunityPage,
  OrderPage,
  PaymentMethodPage,
  PaymentPage,
  SubscriptionPage,
  type KeapOrder,
  type KeapPaymentMethod,
  type KeapSubscription,
} from './schemas.js';

const operation = 'getRelated';

/**
 * Commercial records behind a contact, oldest first. All are read and put in order here: the vendor does not say how
 * it orders records of the same moment.
 */
export async function relatedRecords(
  client: VendorClient,
  contactId: string,
  kind: RelatedKind,
  query: RelatedQuery,
): Promise<RelatedRecord[]> {
  const records = oldestFirst(await allRecords(client, contactId, kind, query.stage));
  if (query.order === 'all') return records;
  const one = query.order === 'first' ? records[0] : records.at(-1);
  return one === undefined ? [] : [one];
}

async function allRecords(
  client: VendorClient,
  contactId: string,
  kind: RelatedKind,
  stage: string | undefined,
): Promise<RelatedRecord[]> {
  switch (kind) {
    case 'invoice':
      return (await orders(client, contactId)).map(invoiceRecord);
    case 'job':
      return (await orders(client, contactId)).map(jobRecord);
    case 'payment':
      return payments(client, contactId);
    case 'lead':
      return (await opportunities(client, contactId, stage)).map(leadRecord);
    case 'subscription':
      return (await subscriptions(client, contactId)).map(subscriptionRecord);
    case 'creditcard':
      return (await paymentMethods(client, contactId)).flatMap(cardRecord);
  }
}

/** Moves an opportunity to another stage. */
export async function moveOpportunity(client: VendorClient, id: string, stageId: string): Promise<void> {
  await client.call({
    operation: 'updateRelated',
    method: 'PATCH',
    path: path`/opportunities/${id}`,
    target: `opportunities/${id}`,
    query: { update_mask: 'stage_id' },
    json: { stage_id: stageId },
    repeatable: true,
    answer: KeapOpportunity,
  });
}

function orders(client: VendorClient, contactId: string): Promise<KeapOrder[]> {
  const query = { filter: ofContact(client, contactId), order_by: 'order_time asc' };
  const call = {
    operation,
    path: path`/orders`,
    target: `contacts/${contactId}/orders`,
    query,
    answer: OrderPage,
  } as const;
  return everyPage(client, call, (page) => page.orders);
}

/** Payments name the orders that they are for, and orders their invoices: two lists, however many there are. */
async function payments(client: VendorClient, contactId: string): Promise<RelatedRecord[]> {
  const call = {
    operation,
    path: path`/sales/payments`,
    target: `contacts/${contactId}/payments`,
    query: { filter: ofContact(client, contactId) },
    answer: PaymentPage,
  } as const;
  const made = await everyPage(client, call, (page) => page.payments);
  if (made.length === 0) return [];
  const invoices = new Map((await orders(client, contactId)).map(({ id, invoice_id }) => [id, invoice_id]));
  return made.map((payment) => paymentRecord(payment, invoices.get(payment.order_ids?.[0] ?? '') ?? null));
}

function subscriptions(client: VendorClient, contactId: string): Promise<KeapSubscription[]> {
  const call = {
    operation,
    path: path`/subscriptions`,
    target: `contacts/${contactId}/subscriptions`,
    query: { filter: ofContact(client, contactId) },
    answer: SubscriptionPage,
  } as const;
  return everyPage(client, call, (page) => page.subscriptions);
}

function paymentMethods(client: VendorClient, contactId: string): Promise<KeapPaymentMethod[]> {
  const call = {
    operation,
    path: path`/contacts/${contactId}/paymentMethods`,
    target: `contacts/${contactId}/paymentMethods`,
    answer: PaymentMethodPage,
  } as const;
  return everyPage(client, call, (page) => page.records);
}

function opportunities(client: VendorClient, contactId: string, stage: string | undefined): Promise<KeapOpportunity[]> {
  const ofStage = stage === undefined ? undefined : criterion('stage_id', stage);
  const filter = [ofContact(client, contactId), ...(ofStage === undefined ? [] : [ofStage])].join(';');
  const target = `contacts/${contactId}/opportunities`;
  const call = { operation, path: path`/opportunities`, target, query: { filter }, answer: OpportunityPage } as const;
  return everyPage(client, call, (page) => page.opportunities);
}

function ofContact(client: VendorClient, contactId: string): string {
  const filter = criterion('contact_id', contactId);
  if (filter === undefined) throw refuse(client.platform, operation, 'validation', 'This is not the id of a contact');
  return filter;
}
