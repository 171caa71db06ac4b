import { accountsEvents } from './accounts.events.js';
import { billingEvents } from './billing.events.js';
import { helpersEvents } from './helpers.events.js';
import { connectionsEvents } from './connections.events.js';
import { identityEvents } from './identity.events.js';

/** Every fact that leaves a service; each service's part lives in a file of its own. */
export const events = {
  ...helpersEvents,
  ...connectionsEvents,
  ...identityEvents,
  ...accountsEvents,
  ...billingEvents,
} as const;

export {
  CONNECTION_STATUSES,
  CONNECTION_STATUS_REASONS,
  type ConnectionStatus,
  type ConnectionStatusReason,
} from './connections.events.js';

export { SESSION_END_REASONS, type SessionEndReason } from './identity.events.js';
export { SUBSCRIPTION_STATUSES, type SubscriptionStatus } from './billing.events.js';
