import { Injectable } from '@nestjs/common';
import { rulingSubscription } from '../domain/known-subscription.js';
import type { KnownSubscription } from '../domain/known-subscription.js';
import type { KnownInvoice } from '../domain/subscription-news.js';
import { logger } from '#telemetry';
import { PaymentProvider } from '../payments/payment-provider.js';
import type { ProviderStatus, ProviderSubscription } from '../payments/payment-provider.js';
import { knownInvoice, knownSubscription } from './known-from-provider.js';

const SOLD: ReadonlySet<ProviderStatus> = new Set(['active', 'trialing', 'past_due']);

/** How things are at the provider at one moment. */
export interface ProviderView {
  /** The subscription that counts; undefined where there is none. */
  known: KnownSubscription | undefined;
  invoices: KnownInvoice[];
}

/** Asks the provider how an account's subscription is now; what events say is never believed. */
@Injectable()
export class AskProvider {
  constructor(private readonly provider: PaymentProvider) {}

  /** @param invoiceIds invoices that events were about; the latest of the subscription is looked at anyway */
  async about(customerIds: readonly string[], invoiceIds: readonly string[]): Promise<ProviderView> {
    const lists = await Promise.all(customerIds.map((id) => this.provider.subscriptions.ofCustomer(id)));
    const all = lists.flat();
    const id = rulingSubscription(all.map(knownSubscription))?.id;
    const found = all.find((subscription) => subscription.id === id);
    const ruling = found && (await this.#withOverage(found));
    const latest = ruling?.latestInvoiceId;
    const wanted = new Set([...(latest === undefined ? [] : [latest]), ...invoiceIds]);
    const invoices = await Promise.all([...wanted].map((id) => this.provider.invoices.find(id)));
    const ours = invoices.filter((invoice) => invoice !== undefined && invoice.subscriptionId === ruling?.id);
    return {
      known: ruling && knownSubscription(ruling),
      invoices: ours.flatMap((invoice) => (invoice ? [knownInvoice(invoice)] : [])),
    };
  }

  /** Not every page of checkout can sell executions beyond the plan; without that they would be given away. */
  async #withOverage(subscription: ProviderSubscription): Promise<ProviderSubscription> {
    if (subscription.overageItemId !== undefined || !SOLD.has(subscription.status)) return subscription;
    try {
      return await this.provider.subscriptions.attachOverage(subscription);
    } catch (error) {
      logger.warn({ err: error, subscription: subscription.id }, 'executions beyond the plan are not charged yet');
      return subscription;
    }
  }
}
