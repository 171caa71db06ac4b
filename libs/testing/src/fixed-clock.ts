/** A clock that stands still until it is told to move. */
export interface FixedClock {
  now(): Date;
  /** Moves the clock forward (or back) by milliseconds. */
  advance(milliseconds: number): void;
  /** Moves the clock to an instant. */
  set(instant: Date | string): void;
}

/**
 * @param start instant of the first `now()`, ISO 8601; a Thursday noon in UTC unless told otherwise
 * @throws Error when the instant cannot be read
 */
export function fixedClock(start: Date | string = '2026-01-15T12:00:00.000Z'): FixedClock {
  let current = instantOf(start);
  return {
    now: () => new Date(current),
    advance: (milliseconds) => {
      current += milliseconds;
    },
    set: (instant) => {
      current = instantOf(instant);
    },
  };
}

function instantOf(value: Date | string): number {
  const time = new Date(value).getTime();
  if (Number.isNaN(time)) throw new Error(`"${String(value)}" is not an instant.`);
  return time;
}
