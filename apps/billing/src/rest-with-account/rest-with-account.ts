import { Injectable } from '@nestjs/common';
import { scopeOf } from '#contracts';
import { PaymentProvider } from '../payments/payment-provider.js';
import type { ProviderStatus } from '../payments/payment-provider.js';
import { CustomersRepository } from '../persistence/customers.repository.js';
import { RestingAccounts, type RestingAccount } from './resting-accounts.repository.js';

const RENEWED: ReadonlySet<ProviderStatus> = new Set(['active', 'trialing', 'past_due']);

/** An account that is being deleted renews nothing; restored, it goes on as if nothing had been. */
@Injectable()
export class RestWithAccount {
  constructor(
    private readonly resting: RestingAccounts,
    private readonly customers: CustomersRepository,
    private readonly provider: PaymentProvider,
  ) {}

  /** Doing it again changes nothing. @throws Problem 503 when the provider cannot be asked now */
  async follow(accountId: string, word: Pick<RestingAccount, 'closed' | 'revision'>): Promise<void> {
    const account = await this.resting.follow(scopeOf(accountId), word);
    if (!this.provider.configured) return;
    if (account.closed) await this.cancelAll(account);
    else await this.resumeAll(account);
  }

  private async cancelAll(account: RestingAccount): Promise<void> {
    const scope = scopeOf(account._id);
    const customerId = await this.customers.idOf(scope);
    if (customerId === undefined) return;
    const all = await this.provider.subscriptions.ofCustomer(customerId);
    const renewed = all.filter(({ status, cancelAt }) => RENEWED.has(status) && cancelAt === undefined);
    if (renewed.length === 0) return;
    // Written down first: what is cancelled and not known here would not go on after a restore.
    const ids = new Set([...account.subscription_ids, ...renewed.map(({ id }) => id)]);
    await this.resting.remember(scope, [...ids]);
    for (const { id } of renewed) await this.provider.subscriptions.cancel(id, 'period_end');
  }

  private async resumeAll(account: RestingAccount): Promise<void> {
    for (const id of account.subscription_ids) {
      const found = await this.provider.subscriptions.find(id);
      if (found?.cancelAt !== undefined && RENEWED.has(found.status)) await this.provider.subscriptions.resume(id);
    }
    if (account.subscription_ids.length > 0) await this.resting.remember(scopeOf(account._id), []);
  }
}
