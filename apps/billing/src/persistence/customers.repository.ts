import { Injectable } from '@nestjs/common';
import type { AccountScope } from '#contracts';
import { Database, defineCollection, erasedByAccount, isDuplicateKey, TenantRepository } from '#persistence';
import type { TenantEntity } from '#persistence';

/** An account as the payment provider knows it; its id is the account's. */
export interface Customer extends TenantEntity {
  customer_id: string;
}

const customers = defineCollection<Customer>({
  name: 'customers',
  domain: 'billing',
  title: 'Customer',
  erasure: erasedByAccount,
  fields: { customer_id: String },
  indexes: [{ keys: { customer_id: 1 }, options: { unique: true } }],
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
      const made = await this.insert(scope, { _id: scope.accountId, customer_id: customerId });
      return made.customer_id;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      return (await this.get(scope, scope.accountId)).customer_id;
    }
  }
}
