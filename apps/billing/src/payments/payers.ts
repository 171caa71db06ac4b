import { Injectable } from '@nestjs/common';
import type { AccountScope } from '#contracts';
import { AccountOwners } from '../people/account-owner.js';
import { CustomersRepository } from '../persistence/customers.repository.js';
import { PaymentProvider } from './payment-provider.js';

/** Accounts as customers of the payment provider. */
@Injectable()
export class Payers {
  constructor(
    private readonly customers: CustomersRepository,
    private readonly owners: AccountOwners,
    private readonly provider: PaymentProvider,
  ) {}

  /** @returns undefined for an account that never bought anything */
  find(scope: AccountScope): Promise<string | undefined> {
    return this.customers.idOf(scope);
  }

  /** The account's customer, made where there is none; two at a time make one. */
  async ensure(scope: AccountScope): Promise<string> {
    const known = await this.customers.idOf(scope);
    if (known !== undefined) return known;
    const owner = await this.owners.of(scope.accountId);
    const made = await this.provider.customers.create({
      accountId: scope.accountId,
      name: owner?.accountName ?? scope.accountId,
      email: owner?.email,
    });
    return this.customers.remember(scope, made);
  }
}
