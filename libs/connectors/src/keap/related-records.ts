import type { RelatedRecord } from '../_kit/contact.js';
import { amountOf } from './money.js';
import type { KeapOpportunity, KeapOrder, KeapPayment, KeapPaymentMethod, KeapSubscription } from './schemas.js';

export function invoiceRecord(order: KeapOrder): RelatedRecord {
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

export function jobRecord(order: KeapOrder): RelatedRecord {
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

export function leadRecord(lead: KeapOpportunity): RelatedRecord {
  return {
    Id: lead.id,
    OpportunityTitle: lead.opportunity_title ?? null,
    StageID: lead.stage?.id ?? null,
    EstimatedCloseDate: lead.estimated_close_time ?? null,
    ProjectedRevenueHigh: lead.projected_revenue_high ?? null,
    DateCreated: lead.created_time ?? null,
  };
}

export function paymentRecord(payment: KeapPayment, invoiceId: string | null): RelatedRecord {
  return {
    Id: payment.id,
    PayAmt: payment.amount ?? null,
    PayDate: payment.payment_time ?? null,
    PayType: payment.type ?? null,
    PayNote: payment.note ?? null,
    InvoiceId: invoiceId,
  };
}

/** The day up to which is paid is not told. */
export function subscriptionRecord(subscription: KeapSubscription): RelatedRecord {
  return {
    Id: subscription.id,
    Status: subscription.active === true ? 'Active' : 'Inactive',
    StartDate: subscription.start_date ?? null,
    NextBillDate: subscription.next_bill_date ?? null,
    BillingAmount: subscription.billing_amount ?? null,
    PaidThruDate: null,
  };
}

/** @returns nothing for a way to pay that is no card */
export function cardRecord({ payment_method_id, status, created_time, card_info }: KeapPaymentMethod): RelatedRecord[] {
  if (card_info === null || card_info === undefined) return [];
  return [
    {
      Id: payment_method_id,
      CardType: card_info.brand ?? card_info.card_type ?? null,
      Last4: card_info.last_four ?? null,
      ExpirationMonth: card_info.expiration_month ?? null,
      ExpirationYear: card_info.expiration_year ?? null,
      Status: status ?? 'ACTIVE',
      DateCreated: created_time ?? null,
    },
  ];
}

function productsOf(order: KeapOrder): string | null {
  const names = (order.order_items ?? []).flatMap(({ name }) => (name ? [name] : []));
  return names.length > 0 ? names.join(', ') : null;
}
