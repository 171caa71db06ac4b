import { Injectable } from '@nestjs/common';
import type { Stripe } from 'stripe';
import type { PaymentMethod, PaymentMethodPort } from '../payment-provider.js';
import { idOf, present } from './read-subscription.js';
import { StripeConnection } from './stripe-connection.js';

const MOST_LISTED = 100;

@Injectable()
export class StripePaymentMethods implements PaymentMethodPort {
  constructor(private readonly connection: StripeConnection) {}

  async ofCustomer(customerId: string): Promise<PaymentMethod[]> {
    const [standard, methods] = await Promise.all([this.#standardOf(customerId), this.#cardsOf(customerId)]);
    return methods.flatMap(({ id, card }) => {
      if (card === undefined) return [];
      const { brand, last4, exp_month: expMonth, exp_year: expYear } = card;
      return [{ id, brand, last4, expMonth, expYear, isDefault: id === standard }];
    });
  }

  async setupIntent(customerId: string): Promise<{ id: string; clientSecret: string }> {
    const intent = await this.connection.write((stripe, options) =>
      stripe.setupIntents.create(
        { customer: customerId, usage: 'off_session', allowed_payment_method_types: ['card'] },
        options,
      ),
    );
    return { id: intent.id, clientSecret: present(intent.client_secret, 'the secret of a set-up') };
  }

  async makeDefault(customerId: string, methodId: string): Promise<boolean> {
    if (!(await this.#belongs(customerId, methodId))) return false;
    await this.connection.write((stripe, options) =>
      stripe.customers.update(customerId, { invoice_settings: { default_payment_method: methodId } }, options),
    );
    return true;
  }

  async remove(customerId: string, methodId: string): Promise<boolean> {
    if (!(await this.#belongs(customerId, methodId))) return false;
    await this.connection.write((stripe, options) => stripe.paymentMethods.detach(methodId, {}, options));
    return true;
  }

  /** The provider would let us touch the method of any customer, so whose it is must be asked first. */
  async #belongs(customerId: string, methodId: string): Promise<boolean> {
    const method = await this.connection.find((stripe) => stripe.customers.retrievePaymentMethod(customerId, methodId));
    return method !== undefined;
  }

  async #standardOf(customerId: string): Promise<string | undefined> {
    const customer = await this.connection.find((stripe) => stripe.customers.retrieve(customerId));
    if (customer === undefined || customer.deleted === true) return undefined;
    return idOf(customer.invoice_settings.default_payment_method);
  }

  async #cardsOf(customerId: string): Promise<Stripe.PaymentMethod[]> {
    const { data } = await this.connection.read((stripe) =>
      stripe.paymentMethods.list({ customer: customerId, type: 'card', limit: MOST_LISTED }),
    );
    return data;
  }
}
