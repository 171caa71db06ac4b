import { Decimal } from 'decimal.js';
import type { ContactCrm } from '../../_kit/crm/contact-crm.js';
import { fieldText } from '../../_kit/text/field-text.js';
import { readNumber } from '../../_kit/text/read-number.js';

/** What is known of a contact's orders. Totals are in whole units of the currency, halves away from zero. */
export interface OrderFacts {
  orders: number;
  spend: number;
  invoiced: number;
  averageOrder: number;
  paymentPerOrder: number;
  firstDate: string | null;
  firstValue: number | null;
  lastDate: string | null;
  lastValue: number | null;
  /** Null when there is no date that can be read. */
  daysSinceLast: number | null;
}

const DAY = 86_400_000;

const whole = (value: Decimal): Decimal => value.toDecimalPlaces(0, Decimal.ROUND_HALF_UP);

/** Counted from midnight UTC of the calendar date, cut off. */
function daysSince(date: string | null, now: Date): number | null {
  const day = /^\d{4}-\d{2}-\d{2}/.exec(date ?? '')?.[0];
  const midnight = day === undefined ? Number.NaN : Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(midnight) ? null : Math.trunc((now.getTime() - midnight) / DAY) || 0;
}

/**
 * Asks the CRM for the contact's orders.
 * @returns null when there are none
 */
export async function readOrders(crm: ContactCrm, now: Date): Promise<OrderFacts | null> {
  const amount = async (key: string): Promise<Decimal | null> =>
    readNumber(await crm.readField(`_related.invoice.${key}`));
  const date = async (key: string): Promise<string | null> =>
    fieldText(await crm.readField(`_related.invoice.${key}`)) || null;

  const paid = whole((await amount('sum.TotalPaid')) ?? new Decimal(0));
  const orders = ((await amount('count')) ?? new Decimal(0)).trunc();
  if (!orders.greaterThan(0)) return null;
  const lastDate = await date('last.DateCreated');
  const lastValue = await amount('last.InvoiceTotal');
  const firstDate = await date('first.DateCreated');
  const firstValue = await amount('first.InvoiceTotal');
  const invoiced = whole((await amount('sum.InvoiceTotal')) ?? new Decimal(0));
  return {
    orders: orders.toNumber(),
    spend: paid.toNumber(),
    invoiced: invoiced.toNumber(),
    averageOrder: whole(invoiced.dividedBy(orders)).toNumber(),
    paymentPerOrder: whole(paid.dividedBy(orders)).toNumber(),
    firstDate,
    firstValue: firstValue?.toNumber() ?? null,
    lastDate,
    lastValue: lastValue?.toNumber() ?? null,
    daysSinceLast: daysSince(lastDate, now),
  };
}
