import { z } from 'zod';

/** The events that say something about subscriptions; of others the provider is not even asked. */
const FOLLOWED: ReadonlySet<string> = new Set([
  'checkout.session.completed',
  'customer.created',
  'customer.updated',
  'customer.deleted',
  'customer.subscription.created',
  'customer.subscription.updated',
  'customer.subscription.deleted',
  'customer.subscription.trial_will_end',
  'invoice.finalized',
  'invoice.marked_uncollectible',
  'invoice.paid',
  'invoice.payment_failed',
  'invoice.payment_succeeded',
  'invoice.voided',
  'payment_method.automatically_updated',
]);

const Id = z.union([z.string(), z.object({ id: z.string() }).transform(({ id }) => id)]).nullish();
const Metadata = z.object({ account_id: z.string().optional() }).nullish();

const Payload = z.object({
  id: z.string(),
  type: z.string(),
  data: z.object({
    object: z.object({
      object: z.string(),
      id: z.string().nullish(),
      mode: z.string().nullish(),
      customer: Id,
      client_reference_id: z.string().nullish(),
      metadata: Metadata,
      parent: z.object({ subscription_details: z.object({ metadata: Metadata }).nullish() }).nullish(),
    }),
  }),
});

/** Whom an event of the provider is about. What it says of them is not believed: it may be out of date. */
export interface SubscriptionHint {
  eventId: string;
  type: string;
  customerId: string | undefined;
  /** As the object that the event is about names it. */
  accountId: string | undefined;
  invoiceId: string | undefined;
  /** Whether the customer is gone for good. */
  customerDeleted: boolean;
}

/** @returns undefined for events that say nothing about a subscription */
export function readStripeEvent(payload: unknown): SubscriptionHint | undefined {
  const parsed = Payload.safeParse(payload);
  if (!parsed.success || !FOLLOWED.has(parsed.data.type)) return undefined;
  const { id, type, data } = parsed.data;
  const { object } = data;
  if (object.object === 'checkout.session' && object.mode !== 'subscription') return undefined;
  return {
    eventId: id,
    type,
    customerId: (object.object === 'customer' ? object.id : object.customer) ?? undefined,
    accountId:
      object.metadata?.account_id ??
      object.parent?.subscription_details?.metadata?.account_id ??
      object.client_reference_id ??
      undefined,
    invoiceId: (object.object === 'invoice' ? object.id : undefined) ?? undefined,
    customerDeleted: type === 'customer.deleted',
  };
}
