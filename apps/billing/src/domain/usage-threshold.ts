/** Parts of the included executions at which people are told, in percent. */
export const USAGE_THRESHOLDS = [80, 100] as const;
export type UsageThreshold = (typeof USAGE_THRESHOLDS)[number];

/** The thresholds that this much usage has reached; none where nothing is limited. */
export const thresholdsReached = (used: number, limit: number | null): UsageThreshold[] =>
  limit === null || limit === 0 ? [] : USAGE_THRESHOLDS.filter((percent) => used * 100 >= limit * percent);
