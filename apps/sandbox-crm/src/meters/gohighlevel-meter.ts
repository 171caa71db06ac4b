import { countUnder, WindowCounter, type MeteredCall, type VendorMeter } from './window-counter.js';

const INTERVAL_MS = 10_000;

/** GoHighLevel counts per location; it says how long its interval is, and never when to come back. */
export function gohighlevelMeter(): VendorMeter {
  const burst = new WindowCounter({ limit: 100, ms: INTERVAL_MS });
  const day = new WindowCounter({ limit: 200_000, ms: 86_400_000, resets: 'utc_midnight' });
  return {
    admit: ({ account, now }: MeteredCall) => {
      const full = countUnder(
        [
          { counter: burst, key: account },
          { counter: day, key: account },
        ],
        now,
      );
      const headers = {
        'x-ratelimit-limit-daily': String(day.window.limit),
        'x-ratelimit-daily-remaining': String(day.standing(account, now).remaining),
        'x-ratelimit-interval-milliseconds': String(INTERVAL_MS),
        'x-ratelimit-max': String(burst.window.limit),
        'x-ratelimit-remaining': String(burst.standing(account, now).remaining),
      };
      if (full === undefined) return { headers };
      return { headers, refused: { status: 429, body: { statusCode: 429, message: 'Too Many Requests' }, headers } };
    },
  };
}
