import type { SubscriptionStatus } from '#contracts';
import { StateMachine } from '#persistence';

/**
 * The life of one subscription. The provider moves it and we may miss steps between two looks, so most states follow
 * most others; what is over stays over, and the first payment is made once. A new subscription begins a new life.
 */
export const subscriptionStates = new StateMachine<SubscriptionStatus>('billing', {
  incomplete: ['trialing', 'active', 'past_due', 'unpaid', 'cancelled'],
  trialing: ['active', 'past_due', 'unpaid', 'cancelled'],
  active: ['trialing', 'past_due', 'unpaid', 'cancelled'],
  past_due: ['trialing', 'active', 'unpaid', 'cancelled'],
  unpaid: ['trialing', 'active', 'past_due', 'cancelled'],
  cancelled: [],
});
