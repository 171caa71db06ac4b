import { Injectable } from '@nestjs/common';
import type { AccountScope } from '#contracts';
import { Database, defineCollection, erasedByAccount, isDuplicateKey, TenantRepository } from '#persistence';
import type { TenantEntity } from '#persistence';

/** An account as the payment provider knows it; its id is the account's. */
export interface Customer extends TenantEntity {
  customer_id: string;
  /** When the provider is asked again if no event comes; null when nothing is expected. */
  check_at?: Date | null;
}

/** A page of checkout is left within minutes; its event may be lost. */
const CHECKOUT_MS = 15 * 60_000;

const customers = defineCollection<Customer>({
  name: 'customers',
  domain: 'billing',
  title: 'Customer',
  erasure: erasedByAccount,
  fields: { customer_id: String, check_at: Date },
  indexes: [{ keys: { customer_id: 1 }, options: { unique: true } }, { keys: { check_at: 1 } }],
});

@Injectable()
export class CustomersRepository extends TenantRepository<Customer> {
  constructor(database: Database) {
    super(database, customers);
  }

  /** @returns the provider's id; undefined for accounts that never bought anything */
  async idOf(scope: AccountScope): Promise<string | undefined> {
    return (await this.find(scope, scope.accountId))?.customer_id;
  }

  /** The account of a customer whom the provider speaks of. */
  async accountOf(customerId: string): Promise<string | undefined> {
    const found = await this.system('the provider names customers, not accounts').findOne({ customer_id: customerId });
    return found?.account_id;
  }

  /** Remembers the customer unless another one was faster. @returns the one that counts */
  async remember(scope: AccountScope, customerId: string): Promise<string> {
    try {
      const made = await this.insert(scope, {
        _id: scope.accountId,
        customer_id: customerId,
        check_at: new Date(Date.now() + CHECKOUT_MS),
      });
      return made.customer_id;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      return (await this.get(scope, scope.accountId)).customer_id;
    }
  }

  /** As `remember`, within a transaction. @throws DuplicateKey when another one was faster */
  async link(scope: AccountScope, customerId: string): Promise<void> {
    await this.insert(scope, { _id: scope.accountId, customer_id: customerId });
  }

  /** A page of checkout was opened: should its event be lost, the provider is asked. */
  async expectCheckout(scope: AccountScope): Promise<void> {
    await this.checkAt(scope, new Date(Date.now() + CHECKOUT_MS));
  }

  /** Customers about whom it is time to ask the provider, the longest due first. */
  due(at: Date, limit: number): Promise<Customer[]> {
    return this.system('asking the provider in turn').find(
      { check_at: { $lte: at, $ne: null } },
      { sort: { check_at: 1 }, limit },
    );
  }

  /** @param at null when nothing is expected of this customer any more */
  async checkAt(scope: AccountScope, at: Date | null): Promise<void> {
    await this.updateWhere(scope, { _id: scope.accountId }, { $set: { check_at: at } });
  }

  /** The provider has no such customer any more; the account can get another one. */
  async forget(scope: AccountScope, customerId: string): Promise<void> {
    await this.deleteWhere(scope, { _id: scope.accountId, customer_id: customerId });
  }
}
