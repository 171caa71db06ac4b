import { Injectable } from '@nestjs/common';
import type { Stripe } from 'stripe';
import { logger } from '#telemetry';
import { ALL_OFFERS, offerKey, overageKey, PAID_PLANS, PaymentSettings } from '../payment-config.js';
import type { Offer, PaidPlan } from '../payment-config.js';
import { StripeConnection } from './stripe-connection.js';
import { notConfigured } from './stripe-problem.js';

/** Prices change when somebody synchronises plans; that may take so long to be seen. */
const KNOWN_MS = 5 * 60_000;

/** Which price stands for which plan: those named in the settings, and the others by their lookup key. */
@Injectable()
export class StripePrices {
  #known: { prices: Promise<ReadonlyMap<string, string>>; until: number } | undefined;

  constructor(
    private readonly connection: StripeConnection,
    private readonly settings: PaymentSettings,
  ) {}

  /** @throws Problem 503 `billing.not_configured` while there is no such price */
  async of(offer: Offer): Promise<string> {
    const key = offerKey(offer);
    const id = this.settings.priceIds.get(key) ?? (await this.#byLookupKey()).get(key);
    if (id !== undefined) return id;
    this.forget();
    logger.error({ price: key }, 'a price is missing at the payment provider: run "mfh sync-plans"');
    throw notConfigured();
  }

  /** @returns undefined where executions beyond the plan are not charged */
  async overageOf(plan: PaidPlan): Promise<string | undefined> {
    const key = overageKey(plan);
    return this.settings.priceIds.get(key) ?? (await this.#byLookupKey()).get(key);
  }

  /** The offer that a price stands for; undefined for prices that are none of ours. */
  offerOf(price: Stripe.Price): Offer | undefined {
    return ALL_OFFERS.find(
      (offer) => this.settings.priceIds.get(offerKey(offer)) === price.id || price.lookup_key === offerKey(offer),
    );
  }

  /** Whether somebody made a price by hand, so that it is not ours to make. */
  isMadeByHand(key: string): boolean {
    return this.settings.priceIds.has(key);
  }

  forget(): void {
    this.#known = undefined;
  }

  #byLookupKey(): Promise<ReadonlyMap<string, string>> {
    const now = Date.now();
    if (this.#known && this.#known.until > now) return this.#known.prices;
    const prices = this.#ask();
    this.#known = { prices, until: now + KNOWN_MS };
    prices.catch(() => this.forget());
    return prices;
  }

  async #ask(): Promise<ReadonlyMap<string, string>> {
    const keys = [...ALL_OFFERS.map(offerKey), ...PAID_PLANS.map(overageKey)];
    // The provider takes at most ten keys in one request.
    const { data } = await this.connection.read((stripe) =>
      stripe.prices.list({ lookup_keys: keys, active: true, limit: 100 }),
    );
    return new Map(data.flatMap(({ id, lookup_key }) => (lookup_key === null ? [] : [[lookup_key, id]])));
  }
}
