/** What of a payment method may be kept: enough to recognise it, nothing to pay with. */
const KEPT = new Set([
  'id',
  'payment_method_id',
  'payment_method_type',
  'type',
  'status',
  'card_type',
  'last_four',
  'last4',
  'expiration_month',
  'expiration_year',
  'is_default',
  'create_time',
  'update_time',
  'name',
]);

/** A number of an account or card that somebody put where it does not belong. */
const LONG_NUMBER = /\d(?:[ -]?\d){7,}/g;

const maskedText = (text: string): string =>
  text.replace(LONG_NUMBER, (digits) => `****${digits.replace(/\D/g, '').slice(-4)}`);

/** A payment method without anything secret. */
export function maskedPaymentMethod(method: Record<string, unknown>): Record<string, unknown> {
  const known = Object.entries(method).filter(([key]) => KEPT.has(key));
  return Object.fromEntries(
    known.map(([key, value]) => [
      key,
      typeof value === 'string' && !key.endsWith('id') && !key.endsWith('_time') ? maskedText(value) : value,
    ]),
  );
}
