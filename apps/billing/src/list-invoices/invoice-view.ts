import { Decimal } from 'decimal.js';
import { z } from 'zod';
import { unixSeconds } from '../domain/unix-seconds.js';
import type { ProviderInvoice } from '../payments/payment-provider.js';

export const InvoiceView = z
  .object({
    id: z.string(),
    /** What was paid, in units of the currency with their decimals. */
    amount: z.number(),
    /** The same in the smallest units of the currency. */
    amount_minor: z.number().int(),
    /** The same as exact text. */
    amount_decimal: z.string(),
    currency: z.string(),
    status: z.string(),
    /** Unix seconds. */
    date: z.number().int(),
    number: z.string().optional(),
    pdf_url: z.string().optional(),
    hosted_url: z.string().optional(),
  })
  .meta({ id: 'Invoice' });
export type InvoiceView = z.infer<typeof InvoiceView>;

/** How many decimals a currency has: two for most, none for the yen. */
const decimalsOf = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;

export function invoiceView(invoice: ProviderInvoice): InvoiceView {
  const decimals = decimalsOf(invoice.currency);
  const amount = new Decimal(invoice.amountPaidMinor).div(new Decimal(10).pow(decimals));
  return {
    id: invoice.id,
    amount: amount.toNumber(),
    amount_minor: invoice.amountPaidMinor,
    amount_decimal: amount.toFixed(decimals),
    currency: invoice.currency,
    status: invoice.status,
    date: unixSeconds(invoice.createdAt),
    ...(invoice.number !== undefined && { number: invoice.number }),
    ...(invoice.pdfUrl !== undefined && { pdf_url: invoice.pdfUrl }),
    ...(invoice.hostedUrl !== undefined && { hosted_url: invoice.hostedUrl }),
  };
}
