import { countUnder, WindowCounter, type MeteredCall, type VendorMeter } from './window-counter.js';

/** ActiveCampaign counts per account. */
export function activecampaignMeter(): VendorMeter {
  const second = new WindowCounter({ limit: 5, ms: 1_000 });
  return {
    admit: ({ account, now }: MeteredCall) => {
      const full = countUnder([{ counter: second, key: account }], now);
      const { limit, remaining } = second.standing(account, now);
      const headers = { 'ratelimit-limit': String(limit), 'ratelimit-remaining': String(remaining) };
      if (full === undefined) return { headers };
      const answer = { status: 429, body: { message: 'Too Many Requests' } };
      return { headers, refused: { ...answer, headers: { ...headers, 'retry-after': '1' } } };
    },
  };
}
