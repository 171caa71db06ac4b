const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Reads a `Retry-After` header: whole seconds or an HTTP date.
 * @param now milliseconds of the caller's clock
 * @returns how long to wait in milliseconds, 0 for a moment in the past, at most a day; undefined when unreadable
 */
export function parseRetryAfter(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  const text = value.trim();
  if (/^\d+(\.\d+)?$/.test(text)) return Math.min(Math.ceil(Number(text) * 1000), DAY_MS);
  // A date always names its month; this keeps Date.parse from guessing at other texts.
  if (!/[a-z]{3}/i.test(text)) return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.min(Math.max(0, at - now), DAY_MS);
}
