import { Injectable } from '@nestjs/common';
import type { Stripe } from 'stripe';
import type { InvoicePort, ProviderInvoice } from '../payment-provider.js';
import { dateOf, idOf, present } from './read-subscription.js';
import { StripeConnection } from './stripe-connection.js';

const MOST_OPEN = 20;

@Injectable()
export class StripeInvoices implements InvoicePort {
  constructor(private readonly connection: StripeConnection) {}

  async find(invoiceId: string): Promise<ProviderInvoice | undefined> {
    const invoice = await this.connection.find((stripe) => stripe.invoices.retrieve(invoiceId));
    return invoice && readInvoice(invoice);
  }

  async ofCustomer(customerId: string, limit: number): Promise<ProviderInvoice[]> {
    const { data } = await this.connection.read((stripe) => stripe.invoices.list({ customer: customerId, limit }));
    return data.map(readInvoice);
  }

  async open(subscriptionId: string): Promise<ProviderInvoice[]> {
    const { data } = await this.connection.read((stripe) =>
      stripe.invoices.list({ subscription: subscriptionId, status: 'open', limit: MOST_OPEN }),
    );
    return data.map(readInvoice);
  }

  async pay(invoiceId: string): Promise<ProviderInvoice> {
    return readInvoice(await this.connection.write((stripe, options) => stripe.invoices.pay(invoiceId, {}, options)));
  }
}

function readInvoice(invoice: Stripe.Invoice): ProviderInvoice {
  return {
    id: invoice.id,
    customerId: present(idOf(invoice.customer), 'the customer of an invoice'),
    subscriptionId: idOf(invoice.parent?.subscription_details?.subscription),
    number: invoice.number ?? undefined,
    status: invoice.status ?? 'draft',
    currency: invoice.currency,
    amountDueMinor: invoice.amount_due,
    amountPaidMinor: invoice.amount_paid,
    attempts: invoice.attempt_count,
    automatic: invoice.collection_method === 'charge_automatically',
    createdAt: new Date(invoice.created * 1_000),
    dueAt: dateOf(invoice.due_date),
    nextAttemptAt: dateOf(invoice.next_payment_attempt),
    pdfUrl: invoice.invoice_pdf ?? undefined,
    hostedUrl: invoice.hosted_invoice_url ?? undefined,
  };
}
