import { countUnder, WindowCounter, type MeteredCall, type VendorMeter } from './window-counter.js';

/** Ontraport counts per account over a rolling minute and tells the rest in headers, without Retry-After. */
export function ontraportMeter(): VendorMeter {
  const minute = new WindowCounter({ limit: 180, ms: 60_000 });
  return {
    admit: ({ account, now }: MeteredCall) => {
      const full = countUnder([{ counter: minute, key: account }], now);
      const { limit, remaining, resetSeconds } = minute.standing(account, now);
      const headers = {
        'x-rate-limit-limit': String(limit),
        'x-rate-limit-remaining': String(remaining),
        'x-rate-limit-reset': String(resetSeconds),
      };
      if (full === undefined) return { headers };
      const text = { ...headers, 'content-type': 'text/html; charset=utf-8' };
      return { headers, refused: { status: 429, body: 'Your account has exceeded its request limit.', headers: text } };
    },
  };
}
