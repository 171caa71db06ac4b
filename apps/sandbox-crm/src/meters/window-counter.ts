import type { Answer } from '../server/answer.js';

/** A window as a vendor counts it: rolling over so many milliseconds, or from midnight to midnight (UTC). */
export interface MeterWindow {
  limit: number;
  ms: number;
  resets?: 'utc_midnight';
}

/** How a window stands after a call was counted or refused. */
export interface Standing {
  limit: number;
  used: number;
  remaining: number;
  /** Seconds until the oldest call no longer counts. */
  resetSeconds: number;
  /** When it counts anew, in epoch milliseconds. */
  resetsAt: number;
}

/** Counts the calls of whoever is counted together, each under a key of its own. */
export class WindowCounter {
  readonly #calls = new Map<string, number[]>();

  constructor(readonly window: MeterWindow) {}

  hasRoom(key: string, now: number): boolean {
    return this.#current(key, now).length < this.window.limit;
  }

  count(key: string, now: number): void {
    this.#current(key, now).push(now);
  }

  standing(key: string, now: number): Standing {
    const calls = this.#current(key, now);
    const { limit, ms, resets } = this.window;
    const resetsAt = resets === undefined ? (calls[0] ?? now) + ms : (Math.floor(now / ms) + 1) * ms;
    return {
      limit,
      used: calls.length,
      remaining: Math.max(0, limit - calls.length),
      resetSeconds: Math.max(0, Math.ceil((resetsAt - now) / 1000)),
      resetsAt,
    };
  }

  #current(key: string, now: number): number[] {
    const { ms, resets } = this.window;
    const begin = resets === undefined ? now - ms : Math.floor(now / ms) * ms - 1;
    const calls = this.#calls.get(key) ?? [];
    const from = calls.findIndex((at) => at > begin);
    calls.splice(0, from === -1 ? calls.length : from);
    this.#calls.set(key, calls);
    return calls;
  }
}

/** Who calls, as vendors tell callers apart. */
export interface MeteredCall {
  /** The customer's account at the vendor. */
  account: string;
  /** The key or token that signed the call. */
  credential: string;
  /** Whether that is a token that our OAuth client was given. */
  byToken: boolean;
  /** The route that is called, as the dialect writes it. */
  path: string;
  now: number;
}

export interface Metered {
  /** The vendor's answer to one call too many. */
  refused?: Answer;
  headers: Record<string, string>;
}

/** How one vendor counts and refuses. */
export interface VendorMeter {
  admit(call: MeteredCall): Metered;
}

/** Counts under all of these, unless one of them is full: that one is the answer, and nothing is counted. */
export function countUnder(
  counted: readonly { counter: WindowCounter; key: string }[],
  now: number,
): WindowCounter | undefined {
  const full = counted.find(({ counter, key }) => !counter.hasRoom(key, now));
  if (full !== undefined) return full.counter;
  for (const { counter, key } of counted) counter.count(key, now);
  return undefined;
}
