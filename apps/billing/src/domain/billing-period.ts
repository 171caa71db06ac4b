import { DateTime } from 'luxon';

/** From (inclusive) to (exclusive). */
export interface BillingPeriod {
  readonly from: Date;
  readonly to: Date;
}

/** The calendar month (UTC) that holds an instant: the period of accounts without subscription. */
export function calendarMonth(at: Date): BillingPeriod {
  const from = DateTime.fromJSDate(at, { zone: 'utc' }).startOf('month');
  return { from: from.toJSDate(), to: from.plus({ months: 1 }).toJSDate() };
}

/**
 * The month counted from an anchor that holds an instant. Months are counted from the anchor itself, so an anchor on
 * the 31st gives the last day of shorter months and the 31st again afterwards.
 */
export function anchoredMonth(anchor: Date, at: Date): BillingPeriod {
  const start = DateTime.fromJSDate(anchor, { zone: 'utc' });
  const instant = DateTime.fromJSDate(at, { zone: 'utc' });
  let months = Math.floor(instant.diff(start, 'months').months);
  if (start.plus({ months }) > instant) months -= 1;
  if (start.plus({ months: months + 1 }) <= instant) months += 1;
  return { from: start.plus({ months }).toJSDate(), to: start.plus({ months: months + 1 }).toJSDate() };
}

/** Names the usage of an account in a period: everything counted in it carries this key. */
export const periodKey = (accountId: string, { from }: BillingPeriod): string => `${accountId}/${from.toISOString()}`;
