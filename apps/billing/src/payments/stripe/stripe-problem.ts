import { Stripe } from 'stripe';
import { Problem } from '#contracts';
import { logger } from '#telemetry';

export const notConfigured = (): Problem =>
  new Problem(503, 'billing.not_configured', 'Billing service not configured');

const unavailable = (cause: unknown): Problem =>
  new Problem(503, 'billing.provider_unavailable', 'The payment provider does not answer, try again in a moment', {
    headers: { 'Retry-After': '5' },
    cause,
  });

/** The request never arrived, was turned away unread, or is the twin of one that is still being worked on. */
export function isWorthRepeating(error: unknown): boolean {
  if (error instanceof Stripe.errors.StripeConnectionError) return true;
  if (error instanceof Stripe.errors.StripeRateLimitError) return true;
  return error instanceof Stripe.errors.StripeError && error.code === 'idempotency_key_in_use';
}

export const isMissing = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeInvalidRequestError && error.code === 'resource_missing';

/** What the provider said, as our own error; what is no answer of the provider stays what it is. */
export function toProblem(error: unknown): unknown {
  if (!(error instanceof Stripe.errors.StripeError)) return error;
  if (error instanceof Stripe.errors.StripeCardError) {
    return new Problem(402, 'billing.payment_failed', error.message, {
      data: { ...(error.decline_code !== undefined && { decline_code: error.decline_code }) },
      cause: error,
    });
  }
  if (isWorthRepeating(error)) return unavailable(error);
  if (error instanceof Stripe.errors.StripeAPIError) return unavailable(error);
  const { type, code, requestId, statusCode } = error;
  // Our request or our key is wrong: nothing that the caller could mend.
  logger.error({ err: error, stripe: { type, code, requestId, statusCode } }, 'the payment provider refused a request');
  return new Problem(502, 'billing.provider_refused', 'The payment provider refused the request', { cause: error });
}
