import type { Account } from '#contracts';
import { StateMachine } from '#persistence';

/** `erasing` is never shown: nobody has a place in such an account. */
export type AccountStatus = Account['status'] | 'erasing';

/** How long a deleted account can be restored. */
export const GRACE_MS = 30 * 24 * 60 * 60 * 1000;

export const accountStates = new StateMachine<AccountStatus>('accounts', {
  active: ['suspended', 'cancelled', 'closing'],
  suspended: ['active', 'cancelled', 'closing'],
  cancelled: ['active', 'closing'],
  closing: ['active', 'erasing'],
  erasing: [],
});
