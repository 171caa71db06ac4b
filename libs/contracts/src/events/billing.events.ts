import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { PlanLimits } from '../plan-limits.js';
import { PLANS } from '../roles.js';

export const SUBSCRIPTION_STATUSES = ['active', 'trialing', 'past_due', 'unpaid', 'incomplete', 'cancelled'] as const;
export type SubscriptionStatus = (typeof SUBSCRIPTION_STATUSES)[number];

/** An amount in minor units of its currency (cents). */
const invoiced = {
  account_id: z.string(),
  /** The plan that is paid for. */
  plan: z.enum(PLANS),
  invoice_id: z.string(),
  amount_minor: z.number().int(),
  currency: z.string(),
};

export const billingEvents = {
  subscriptionChanged: defineEvent({
    domain: 'billing',
    entity: 'subscription',
    fact: 'changed',
    summary: 'An account is on another plan, or its subscription has another status.',
    data: z.object({
      account_id: z.string(),
      plan: z.enum(PLANS),
      previous_plan: z.enum(PLANS),
      label: z.string(),
      status: z.enum(SUBSCRIPTION_STATUSES),
      limits: PlanLimits,
      /** Counts the changes of this subscription; a lower number than one already seen is out of date. */
      revision: z.number().int().min(1),
    }),
  }),
  paymentFailed: defineEvent({
    domain: 'billing',
    entity: 'subscription',
    fact: 'payment_failed',
    summary: 'An invoice of a subscription could not be collected; its plan goes on until the grace ends.',
    data: z.object({
      ...invoiced,
      /** How often it was tried, this time included. */
      attempt: z.number().int().min(0),
      grace_until: z.iso.datetime().optional(),
    }),
  }),
  paymentSucceeded: defineEvent({
    domain: 'billing',
    entity: 'subscription',
    fact: 'payment_succeeded',
    summary: 'An invoice of a subscription was paid.',
    data: z.object(invoiced),
  }),
  usageThresholdReached: defineEvent({
    domain: 'billing',
    entity: 'usage',
    fact: 'threshold',
    summary: 'An account used 80 or 100 percent of what its plan contains; told once a period.',
    data: z.object({
      account_id: z.string(),
      metric: z.enum(['executions']),
      percent: z.union([z.literal(80), z.literal(100)]),
      /** Booked and reserved. */
      used: z.number().int(),
      limit: z.number().int(),
      plan: z.enum(PLANS),
      period: z.object({ from: z.iso.datetime(), to: z.iso.datetime() }),
    }),
  }),
  trialEnding: defineEvent({
    domain: 'billing',
    entity: 'subscription',
    fact: 'trial_ending',
    summary: 'The trial of a subscription ends within days.',
    data: z.object({ account_id: z.string(), plan: z.enum(PLANS), ends_at: z.iso.datetime() }),
  }),
} as const;
