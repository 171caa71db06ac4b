import type { VendorClient } from '../_kit/call/vendor-client.js';
import { path } from '../_kit/call/vendor-path.js';
import type { RelatedKind, RelatedQuery, RelatedRecord } from '../_kit/contact.js';
import { oldestFirst } from '../_kit/related-order.js';
import { criterion } from './filter.js';
import { amountOf } from './money.js';
import { everyPage } from './paging.js';
import { refuse } from '../_kit/refuse.js';
import {
  KeapOpportunity,
  OpportunityPage,
  OrderPage,
  PaymentPage,
  type KeapOrder,
  type KeapPayment,
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
    case 'creditcard':
      throw refuse(client.platform, operation, 'unsupported', `Keap's API does not tell a contact's ${kind} records`);
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

async function payments(client: VendorClient, contactId: string): Promise<RelatedRecord[]> {
  const records: RelatedRecord[] = [];
  for (const order of await orders(client, contactId)) {
    const call = {
      operation,
      path: path`/orders/${order.id}/payments`,
      target: `orders/${order.id}/payments`,
      answer: PaymentPage,
    } as const;
    const made = await everyPage(client, call, (page) => page.invoice_order_payments);
    records.push(...made.map(paymentRecord));
  }
  return records;
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

function invoiceRecord(order: KeapOrder): RelatedRecord {
  const total = amountOf(order.total);
  const paid = amountOf(order.total_paid);
  return {
    Id: order.invoice_id || order.id,
    InvoiceTotal: total,
    TotalPaid: paid,
    TotalDue: amountOf(order.total_due),
    DateCreated: order.order_time ?? order.creation_time ?? null,
    PayStatus: total !== null && paid !== null && paid >= total ? 1 : 0,
    Description: order.title ?? null,
    ProductSold: productsOf(order),
    PromoCode: order.promo_code ?? null,
    RefundStatus: order.refund_status ?? null,
    CreditStatus: order.credit_status ?? null,
  };
}

function jobRecord(order: KeapOrder): RelatedRecord {
  return {
    Id: order.id,
    JobTitle: order.title ?? null,
    JobStatus: order.status ?? null,
    DueDate: order.due_time ?? null,
    StartDate: order.order_time ?? null,
    DateCreated: order.creation_time ?? order.order_time ?? null,
    OrderTotal: amountOf(order.total),
  };
}

function leadRecord(lead: KeapOpportunity): RelatedRecord {
  return {
    Id: lead.id,
    OpportunityTitle: lead.opportunity_title ?? null,
    StageID: lead.stage?.id ?? null,
    EstimatedCloseDate: lead.estimated_close_time ?? null,
    ProjectedRevenueHigh: lead.projected_revenue_high ?? null,
    DateCreated: lead.created_time ?? null,
  };
}

function paymentRecord(payment: KeapPayment): RelatedRecord {
  return {
    Id: payment.id,
    PayAmt: payment.amount ?? null,
    PayDate: payment.pay_time ?? null,
    PayType: payment.pay_status ?? null,
    PayNote: payment.note ?? null,
    InvoiceId: payment.invoice_id ?? null,
  };
}

function productsOf(order: KeapOrder): string | null {
  const names = (order.order_items ?? []).flatMap(({ name }) => (name ? [name] : []));
  return names.length > 0 ? names.join(', ') : null;
}
