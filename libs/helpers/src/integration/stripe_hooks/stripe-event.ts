import { fieldText } from '../../_kit/text/field-text.js';

/** What matters of a Stripe event. */
export interface StripeEvent {
  id: string;
  type: string;
  /** Empty when the event names no address. */
  email: string;
  name: string;
  customerId: string;
}

const object = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

/** @returns null when the input of the run is no event */
export function readStripeEvent(input: Record<string, unknown>): StripeEvent | null {
  const type = fieldText(input['type']).trim();
  if (type === '') return null;
  const subject = object(object(input['data'])['object']);
  const billing = object(subject['billing_details']);
  const own = subject['object'] === 'customer' ? subject : {};
  const addresses = [billing['email'], subject['receipt_email'], subject['customer_email'], own['email']];
  const names = [billing['name'], subject['customer_name'], own['name']];
  const first = (values: unknown[]): string =>
    values.map((value) => fieldText(value).trim()).find((value) => value !== '') ?? '';
  const customer = subject['customer'] ?? own['id'];
  return {
    id: fieldText(input['id']),
    type,
    email: first(addresses),
    name: first(names),
    customerId: fieldText(typeof customer === 'object' ? object(customer)['id'] : customer),
  };
}
