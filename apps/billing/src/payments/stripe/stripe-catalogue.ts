import { Injectable } from '@nestjs/common';
import { Stripe } from 'stripe';
import { BILLING_PERIODS, offerKey, overageKey } from '../payment-config.js';
import type { CataloguePort, CatalogueStep, PlanForSale } from '../payment-provider.js';
import { overagePrice, planPrice, sameTerms } from './price-terms.js';
import type { PriceTerms } from './price-terms.js';
import { StripeConnection } from './stripe-connection.js';
import { EXECUTION_METER } from './stripe-meters.js';
import { StripePrices } from './stripe-prices.js';

const MOST_METERS = 100;

/** Brings the plans to Stripe. Products have ids of ours and prices lookup keys, so that nothing is made twice. */
@Injectable()
export class StripeCatalogue implements CataloguePort {
  constructor(
    private readonly connection: StripeConnection,
    private readonly prices: StripePrices,
  ) {}

  async sync(plans: readonly PlanForSale[]): Promise<CatalogueStep[]> {
    const meter = await this.#meter();
    const steps = [meter];
    for (const plan of plans) steps.push(...(await this.#plan(plan, meter.id)));
    this.prices.forget();
    return steps;
  }

  async #plan(plan: PlanForSale, meterId: string): Promise<CatalogueStep[]> {
    const product = await this.#product(plan);
    const wanted = [
      ...BILLING_PERIODS.map(
        (billingPeriod) => [offerKey({ plan: plan.plan, billingPeriod }), planPrice(plan, billingPeriod)] as const,
      ),
      [overageKey(plan.plan), overagePrice(plan, meterId)] as const,
    ].filter(([key]) => !this.prices.isMadeByHand(key));
    const steps = [product];
    for (const [key, terms] of wanted) steps.push(await this.#price(key, product.id, plan, terms));
    return steps;
  }

  async #product({ plan, label }: PlanForSale): Promise<CatalogueStep> {
    const id = `mfh_${plan}`;
    const step = { kind: 'product', name: label, id } as const;
    const found = await this.connection.find((stripe) => stripe.products.retrieve(id));
    if (found === undefined) {
      await this.connection.write((stripe, options) =>
        stripe.products.create({ id, name: label, metadata: { plan } }, options),
      );
      return { ...step, action: 'made' };
    }
    if (found.name === label && found.active && found.metadata['plan'] === plan)
      return { ...step, action: 'unchanged' };
    await this.connection.write((stripe, options) =>
      stripe.products.update(found.id, { name: label, active: true, metadata: { plan } }, options),
    );
    return { ...step, id: found.id, action: 'changed' };
  }

  /** The amount of a price cannot be changed: another one takes its key, and whoever pays the old one goes on to. */
  async #price(key: string, product: string, { plan }: PlanForSale, terms: PriceTerms): Promise<CatalogueStep> {
    const { data } = await this.connection.read((stripe) =>
      stripe.prices.list({ lookup_keys: [key], active: true, limit: 1, expand: ['data.tiers'] }),
    );
    const [found] = data;
    if (found !== undefined && sameTerms(found, terms)) {
      return { kind: 'price', name: key, id: found.id, action: 'unchanged' };
    }
    const made = await this.connection.write((stripe, options) =>
      stripe.prices.create(
        { ...terms, product, lookup_key: key, transfer_lookup_key: true, metadata: { plan } },
        options,
      ),
    );
    if (found === undefined) return { kind: 'price', name: key, id: made.id, action: 'made' };
    await this.connection.write((stripe, options) => stripe.prices.update(found.id, { active: false }, options));
    return { kind: 'price', name: key, id: made.id, action: 'changed' };
  }

  async #meter(): Promise<CatalogueStep> {
    const { data } = await this.connection.read((stripe) =>
      stripe.billing.meters.list({ status: 'active', limit: MOST_METERS }),
    );
    const found = data.find(({ event_name }) => event_name === EXECUTION_METER);
    if (found !== undefined) return { kind: 'meter', name: EXECUTION_METER, id: found.id, action: 'unchanged' };
    const made = await this.connection.write((stripe, options) => stripe.billing.meters.create(METER, options));
    return { kind: 'meter', name: EXECUTION_METER, id: made.id, action: 'made' };
  }
}

const METER: Stripe.Billing.MeterCreateParams = {
  display_name: 'Executions',
  event_name: EXECUTION_METER,
  default_aggregation: { formula: 'sum' },
  customer_mapping: { type: 'by_id', event_payload_key: 'stripe_customer_id' },
  value_settings: { event_payload_key: 'value' },
};
