import { Decimal } from 'decimal.js';

/** Currencies without minor units, and those with three digits of them; all others have two. */
const DIGITS: Readonly<Record<string, number>> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  UYI: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
};

/** An amount in whole currency units; Keap counts in the smallest unit. Null when there is none. */
export function amountOf(
  money: { amount?: number | null | undefined; currency_code?: string | null | undefined } | null | undefined,
): number | null {
  if (money?.amount === undefined || money.amount === null) return null;
  const digits = DIGITS[money.currency_code?.toUpperCase() ?? ''] ?? 2;
  return new Decimal(money.amount).dividedBy(new Decimal(10).pow(digits)).toNumber();
}
