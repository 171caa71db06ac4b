import { Decimal } from 'decimal.js';
import type { FieldValue } from '#connectors';
import type { ContactCrm } from '../../_kit/crm/contact-crm.js';
import { fieldText } from '../../_kit/text/field-text.js';
import { readNumber } from '../../_kit/text/read-number.js';

/** What a customer is worth; amounts with two decimals. */
export interface LifetimeValue {
  orders: Decimal;
  paid: Decimal;
  average: Decimal;
  balance: Decimal;
}

/** CRMs answer totals as numbers or as text, some with a currency behind; nothing counts as zero. */
export function amountOf(value: FieldValue): Decimal {
  const leading = /^\s*[+-]?(?:\d+(?:\.\d*)?|\.\d+)/.exec(fieldText(value))?.[0];
  return readNumber(value) ?? readNumber(leading) ?? new Decimal(0);
}

const cents = (amount: Decimal): Decimal => {
  const rounded = amount.toDecimalPlaces(2, Decimal.ROUND_HALF_UP);
  return rounded.isZero() ? new Decimal(0) : rounded;
};

/**
 * Asks the CRM for the contact's orders.
 * @returns null when there are none
 */
export async function lifetimeValue(crm: ContactCrm, includeZero: boolean): Promise<LifetimeValue | null> {
  const ask = async (key: string): Promise<Decimal> => amountOf(await crm.readField(`_related.invoice.${key}`));
  const paid = await ask('sum.TotalPaid');
  const due = await ask('sum.TotalDue');
  const orders = (await ask(includeZero ? 'count' : 'count.nonzero')).trunc();
  if (!orders.greaterThan(0)) return null;
  return {
    orders,
    paid: cents(paid),
    average: cents(paid.dividedBy(orders)),
    balance: cents(due.minus(paid)),
  };
}
