import { countUnder, WindowCounter, type MeteredCall, type Standing, type VendorMeter } from './window-counter.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const CLIENT = 'client';

/** Keap counts per OAuth client, per personal token and per tenant, behind a spike arrest without headers. */
export function keapMeter(): VendorMeter {
  const spike = new WindowCounter({ limit: 25, ms: 1_000 });
  const tenantMinute = new WindowCounter({ limit: 10_000, ms: MINUTE_MS });
  const tenantDay = new WindowCounter({ limit: 250_000, ms: DAY_MS, resets: 'utc_midnight' });
  const client = products(1_500, 150_000);
  const token = products(240, 30_000);
  const tokenSecond = new WindowCounter({ limit: 10, ms: 1_000 });

  return {
    admit: ({ account, credential, byToken, now }: MeteredCall) => {
      const product = byToken ? client : token;
      const key = byToken ? CLIENT : credential;
      const full = countUnder(
        [
          { counter: spike, key: account },
          ...(byToken ? [] : [{ counter: tokenSecond, key }]),
          { counter: product.minute, key },
          { counter: product.day, key },
          { counter: tenantMinute, key: account },
          { counter: tenantDay, key: account },
        ],
        now,
      );
      const minute = product.minute.standing(key, now);
      const day = product.day.standing(key, now);
      const headers = {
        ...told('x-keap-product-quota', 'day', day),
        'x-keap-product-quota-expiry-time': String(day.resetsAt),
        ...told('x-keap-product-throttle', 'minute', minute),
        'x-keap-tenant-id': account,
        ...told('x-keap-tenant-throttle', 'minute', tenantMinute.standing(account, now)),
      };
      if (full === undefined) return { headers };
      const spiked = full === spike || full === tokenSecond;
      return { headers, refused: { status: 429, body: fault(spiked, full.window.limit), headers } };
    },
  };
}

const products = (perMinute: number, perDay: number) => ({
  minute: new WindowCounter({ limit: perMinute, ms: MINUTE_MS }),
  day: new WindowCounter({ limit: perDay, ms: DAY_MS, resets: 'utc_midnight' }),
});

const told = (prefix: string, unit: string, { limit, remaining, used }: Standing): Record<string, string> => ({
  [`${prefix}-limit`]: String(limit),
  [`${prefix}-time-unit`]: unit,
  [`${prefix}-interval`]: '1',
  [`${prefix}-available`]: String(remaining),
  [`${prefix}-used`]: String(used),
});

/** The spike arrest speaks in the gateway's form, the quotas in the API's. */
function fault(spiked: boolean, limit: number) {
  if (!spiked) return { code: '429', message: 'Quota Exceeded', status: 'Request Throttled', details: null };
  const rate = `MessageRate{messagesPerPeriod=${limit}, periodInMicroseconds=1000000, maxBurstMessageCount=1.0}`;
  const faultstring = `Spike arrest violation. Allowed rate : ${rate}`;
  return { fault: { faultstring, detail: { errorcode: 'policies.ratelimit.SpikeArrestViolation' } } };
}
