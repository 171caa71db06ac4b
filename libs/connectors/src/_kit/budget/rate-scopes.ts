import { createHash } from 'node:crypto';
import type { PlatformManifest, PlatformRateLimits } from '../platform-manifest.js';
import type { ConnectorCredentials } from '../port.js';
import type { RateScope } from './rate-budget.js';
import { MINUTE_MS, SECOND_MS, type BudgetWindow, type VendorBudget } from './vendor-budget.js';

export interface ScopeParts {
  manifest: PlatformManifest;
  credentials: ConnectorCredentials;
  /** Stands for the vendor's account where the credentials do not name it: the connection. */
  rateScope?: string | undefined;
  /** For platforms that declare no budgets. */
  limits?: PlatformRateLimits | undefined;
}

/**
 * Everybody who shares the limits of these credentials, the narrowest first, so that a wide budget is not asked for
 * calls that a narrow one refuses.
 */
export function rateScopesOf({ manifest, credentials, rateScope, limits }: ScopeParts): RateScope[] {
  const { slug } = manifest.record;
  const { budgets } = manifest;
  if (budgets === undefined) {
    const windows = windowsOf(limits ?? manifest.record.api_config.rate_limits);
    if (rateScope === undefined || windows.length === 0) return [];
    return [{ key: `${slug}/connection/${rateScope}`, name: 'connection', platform: slug, windows }];
  }
  const concerned = budgets.filter(({ signedBy }) => signedBy === undefined || signedBy === signedWith(credentials));
  return concerned
    .toSorted((a, b) => Number(a.of === 'oauth_client') - Number(b.of === 'oauth_client'))
    .flatMap((budget) => {
      const whose = countedFor(budget, manifest, credentials) ?? rateScope;
      if (whose === undefined) return [];
      const shared = budget.of === 'oauth_client';
      return {
        key: `${slug}/${budget.name}/${whose}`,
        name: budget.name,
        platform: slug,
        windows: budget.windows,
        ...(shared && { shared }),
        ...(budget.only === true && { only: true }),
      };
    });
}

const signedWith = ({ access_token }: ConnectorCredentials): 'token' | 'key' =>
  access_token === undefined ? 'key' : 'token';

/** Hashed, because keys of the shared state may be shown to operators. */
function countedFor(
  { of }: VendorBudget,
  { vendorAccount }: PlatformManifest,
  credentials: ConnectorCredentials,
): string | undefined {
  if (of === 'oauth_client') return 'all';
  const text = of === 'credential' ? credentials.api_key : vendorAccount && credentials[vendorAccount];
  if (text === undefined || text === '') return undefined;
  return fingerprint(vendorAccount === 'base_url' && URL.canParse(text) ? new URL(text).host : text);
}

const fingerprint = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 22);

/**
 * The windows of a platform that only has the figures of its public record. A burst may come in one second; over ten
 * seconds the rate holds.
 */
function windowsOf(limits: PlatformRateLimits): BudgetWindow[] {
  const { requests_per_second: rate, requests_per_minute, requests_per_hour, burst_limit } = limits;
  const windows: BudgetWindow[] = [];
  if (rate > 0) windows.push({ limit: Math.max(rate, burst_limit), ms: SECOND_MS });
  if (rate > 0 && burst_limit > rate) windows.push({ limit: Math.max(rate * 10, burst_limit), ms: 10 * SECOND_MS });
  if (requests_per_minute > 0) windows.push({ limit: requests_per_minute, ms: MINUTE_MS });
  if (requests_per_hour > 0) windows.push({ limit: requests_per_hour, ms: 60 * MINUTE_MS });
  return windows;
}
