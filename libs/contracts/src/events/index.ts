import { accountsEvents } from './accounts.events.js';
import { auditEvents } from './audit.events.js';
import { billingEvents } from './billing.events.js';
import { helpersEvents } from './helpers.events.js';
import { connectionsEvents } from './connections.events.js';
import { identityEvents } from './identity.events.js';
import { inboundEvents } from './inbound.events.js';
import { crmEvents } from './crm.events.js';
import { notificationsEvents } from './notifications.events.js';
import { triggerEvents } from './triggers.events.js';

/** Every fact that leaves a service; each service's part lives in a file of its own. */
export const events = {
  ...helpersEvents,
  ...connectionsEvents,
  ...identityEvents,
  ...accountsEvents,
  ...billingEvents,
  ...inboundEvents,
  ...crmEvents,
  ...triggerEvents,
  ...auditEvents,
  ...notificationsEvents,
} as const;

export {
  CONNECTION_STATUSES,
  CONNECTION_STATUS_REASONS,
  type ConnectionStatus,
  type ConnectionStatusReason,
} from './connections.events.js';

export {
  SECOND_FACTOR_CHANGES,
  SESSION_END_REASONS,
  type SecondFactorChange,
  type SessionEndReason,
} from './identity.events.js';
export { SUBSCRIPTION_STATUSES, type SubscriptionStatus } from './billing.events.js';

export { INBOUND_VENDORS, inboundReceived, type InboundReceived, type InboundVendor } from './inbound.events.js';
export { CONTACT_CHANGES, type ContactChange, type ContactChanged } from './crm.events.js';
export { TRIGGER_EVENTS, TriggerFilter, type TriggerEvent } from './triggers.events.js';
export { AUDIT_ACTOR_KINDS, type AuditActorKind, type AuditData, type AuditEntry } from './audit.events.js';
