/** Where the gateway says that it answers, with an envelope. */
export const HEALTH_PATHS = ['/health', '/healthz'] as const;
