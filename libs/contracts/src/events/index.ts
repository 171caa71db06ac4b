import { helpersEvents } from './helpers.events.js';
import { connectionsEvents } from './connections.events.js';

/** Every fact that leaves a service; each service's part lives in a file of its own. */
export const events = { ...helpersEvents, ...connectionsEvents } as const;

export {
  CONNECTION_STATUSES,
  CONNECTION_STATUS_REASONS,
  type ConnectionStatus,
  type ConnectionStatusReason,
} from './connections.events.js';
