import { randomUUID } from 'node:crypto';
import { countUnder, WindowCounter, type MeteredCall, type VendorMeter } from './window-counter.js';

const INTERVAL_MS = 10_000;
const PRIVATE_APP = 100;
const PUBLIC_APP = 110;
const SEARCH = /\/objects\/[^/]+\/search$/;

/**
 * HubSpot counts ten seconds per app and account, a day for private apps, and searches beside them. A daily header
 * comes for private apps only, none for searches.
 */
export function hubspotMeter(): VendorMeter {
  const privateApp = new WindowCounter({ limit: PRIVATE_APP, ms: INTERVAL_MS });
  const publicApp = new WindowCounter({ limit: PUBLIC_APP, ms: INTERVAL_MS });
  const day = new WindowCounter({ limit: 250_000, ms: 86_400_000, resets: 'utc_midnight' });
  const searches = new WindowCounter({ limit: 5, ms: 1_000 });
  return {
    admit: ({ account, credential, byToken, path, now }: MeteredCall) => {
      const burst = byToken ? publicApp : privateApp;
      const app = byToken ? account : credential;
      const search = SEARCH.test(path);
      const full = countUnder(
        [
          ...(search ? [{ counter: searches, key: account }] : []),
          { counter: burst, key: app },
          ...(byToken ? [] : [{ counter: day, key: account }]),
        ],
        now,
      );
      const headers: Record<string, string> = search
        ? {}
        : {
            'x-hubspot-ratelimit-interval-milliseconds': String(INTERVAL_MS),
            'x-hubspot-ratelimit-max': String(burst.window.limit),
            'x-hubspot-ratelimit-remaining': String(burst.standing(app, now).remaining),
          };
      if (!byToken && !search) {
        const left = day.standing(account, now);
        headers['x-hubspot-ratelimit-daily'] = String(left.limit);
        headers['x-hubspot-ratelimit-daily-remaining'] = String(left.remaining);
      }
      if (full === undefined) return { headers };
      const policyName = full === searches ? 'SECONDLY' : full === day ? 'DAILY' : 'TEN_SECONDLY_ROLLING';
      const body = {
        status: 'error',
        message: `You have reached your ${policyName.toLowerCase()} limit.`,
        errorType: 'RATE_LIMIT',
        correlationId: randomUUID(),
        policyName,
        requestId: randomUUID(),
      };
      return { headers, refused: { status: 429, body, headers } };
    },
  };
}
