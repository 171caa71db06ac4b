import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { PlanLimits } from '../plan-limits.js';
import { PLANS } from '../roles.js';

export const SUBSCRIPTION_STATUSES = ['active', 'trialing', 'past_due', 'unpaid', 'incomplete', 'cancelled'] as const;
export type SubscriptionStatus = (typeof SUBSCRIPTION_STATUSES)[number];

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
} as const;
