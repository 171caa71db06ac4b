import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { CustomerPort } from '../payment-provider.js';
import { StripeConnection } from './stripe-connection.js';

interface NewCustomer {
  accountId: string;
  name: string;
  email: string | undefined;
}

@Injectable()
export class StripeCustomers implements CustomerPort {
  constructor(private readonly connection: StripeConnection) {}

  async create({ accountId, name, email }: NewCustomer): Promise<string> {
    const customer = { name, ...(email !== undefined && { email }), metadata: { account_id: accountId } };
    const { id } = await this.connection.write(
      (stripe, options) => stripe.customers.create(customer, options),
      // A key that comes back with other content is refused, so the content is part of it.
      `customer/${accountId}/${createHash('sha256').update(JSON.stringify(customer)).digest('hex').slice(0, 16)}`,
    );
    return id;
  }

  async delete(customerId: string): Promise<void> {
    await this.connection.find((stripe) => stripe.customers.del(customerId));
  }

  async portal(customerId: string, returnUrl: string): Promise<string> {
    const { url } = await this.connection.write((stripe, options) =>
      stripe.billingPortal.sessions.create({ customer: customerId, return_url: returnUrl }, options),
    );
    return url;
  }
}
