import type { RunContext } from '../../_kit/run-context.js';
import { fieldText } from '../../_kit/text/field-text.js';
import { bearerOrKey, openService, pathSegment } from '../service-client.js';

/** What Stripe knows of somebody who pays. */
export interface StripeCustomer {
  email: string;
  name: string;
}

/**
 * Reads a customer of the account's Stripe.
 * @throws HelperFailure `service_not_connected`, `upstream_error`
 */
export async function fetchStripeCustomer(
  context: Pick<RunContext<unknown>, 'http' | 'services' | 'crypto' | 'clock'>,
  id: string,
): Promise<StripeCustomer> {
  const client = await openService(context, {
    slug: 'stripe',
    name: 'Stripe',
    baseUrl: 'https://api.stripe.com/v1',
    sign: bearerOrKey,
  });
  const { email, name } = (await client.call({ method: 'GET', path: `customers/${pathSegment(id)}` })).json();
  return { email: fieldText(email).trim(), name: fieldText(name).trim() };
}
