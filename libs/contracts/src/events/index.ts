import { helpersEvents } from './helpers.events.js';

/** Every fact that leaves a service; each service's part lives in a file of its own. */
export const events = { ...helpersEvents } as const;
