import { Injectable } from '@nestjs/common';
import { Problem } from '#contracts';
import type { AccountScope } from '#contracts';
import { LiveSubscriptions } from '../payments/live-subscriptions.js';
import { Payers } from '../payments/payers.js';
import { PaymentProvider } from '../payments/payment-provider.js';
import type { PaymentMethod } from '../payments/payment-provider.js';

/** The cards of an account. They are kept by the provider; we only ever see their last four digits. */
@Injectable()
export class PaymentMethods {
  constructor(
    private readonly payers: Payers,
    private readonly provider: PaymentProvider,
    private readonly subscriptions: LiveSubscriptions,
  ) {}

  async list(scope: AccountScope): Promise<PaymentMethod[]> {
    if (!this.provider.configured) return [];
    const customerId = await this.payers.find(scope);
    return customerId === undefined ? [] : this.provider.paymentMethods.ofCustomer(customerId);
  }

  async prepare(scope: AccountScope): Promise<{ id: string; clientSecret: string }> {
    this.provider.assertConfigured();
    return this.provider.paymentMethods.setupIntent(await this.payers.ensure(scope));
  }

  /** @throws Problem 404 for a method that is not the account's */
  async makeDefault(scope: AccountScope, methodId: string): Promise<PaymentMethod> {
    const customerId = await this.#customerOf(scope);
    if (!(await this.provider.paymentMethods.makeDefault(customerId, methodId))) throw notFound();
    const methods = await this.provider.paymentMethods.ofCustomer(customerId);
    const chosen = methods.find(({ id }) => id === methodId);
    if (chosen === undefined) throw notFound();
    return chosen;
  }

  /** @throws Problem 404 for a method that is not the account's, 409 for the one that pays for its subscription */
  async remove(scope: AccountScope, methodId: string): Promise<void> {
    const customerId = await this.#customerOf(scope);
    const [methods, { live }] = await Promise.all([
      this.provider.paymentMethods.ofCustomer(customerId),
      this.subscriptions.historyOf(customerId),
    ]);
    const pays = live !== undefined && live.cancelAt === undefined;
    if (pays && methods.some(({ id, isDefault }) => id === methodId && isDefault)) throw inUse();
    if (!(await this.provider.paymentMethods.remove(customerId, methodId))) throw notFound();
  }

  /** Without a provider nobody has a method. */
  async #customerOf(scope: AccountScope): Promise<string> {
    const customerId = this.provider.configured ? await this.payers.find(scope) : undefined;
    if (customerId === undefined) throw notFound();
    return customerId;
  }
}

const notFound = (): Problem => new Problem(404, 'billing.payment_method_not_found', 'Payment method not found');

const inUse = (): Problem =>
  new Problem(
    409,
    'billing.payment_method_in_use',
    'This method pays for your subscription. Make another one the default before you remove it.',
  );
