import type { Identity } from '../../access/identities.js';

/**
 * The sandbox reports quotas as Keap does but sets them so high that they never bind: what happens at a limit is
 * tried with planned faults.
 */
const PER_DAY = 1_000_000_000;
const PER_MINUTE = 10_000_000;

interface Usage {
  day: number;
  dayUsed: number;
  minute: number;
  minuteUsed: number;
}

/** Counts each tenant's requests and writes the `x-keap-*` headers. */
export class QuotaHeaders {
  readonly #usage = new Map<string, Usage>();

  next({ tenantId }: Identity): Record<string, string> {
    const usage = this.#count(tenantId);
    const minuteLeft = String(PER_MINUTE - usage.minuteUsed);
    const minuteUsed = String(usage.minuteUsed);
    return {
      'x-keap-product-quota-limit': String(PER_DAY),
      'x-keap-product-quota-time-unit': 'day',
      'x-keap-product-quota-interval': '1',
      'x-keap-product-quota-available': String(PER_DAY - usage.dayUsed),
      'x-keap-product-quota-used': String(usage.dayUsed),
      'x-keap-product-quota-expiry-time': String((usage.day + 1) * 86_400_000),
      'x-keap-product-throttle-limit': String(PER_MINUTE),
      'x-keap-product-throttle-time-unit': 'minute',
      'x-keap-product-throttle-interval': '1',
      'x-keap-product-throttle-available': minuteLeft,
      'x-keap-product-throttle-used': minuteUsed,
      'x-keap-tenant-id': tenantId,
      'x-keap-tenant-throttle-limit': String(PER_MINUTE),
      'x-keap-tenant-throttle-time-unit': 'minute',
      'x-keap-tenant-throttle-interval': '1',
      'x-keap-tenant-throttle-available': minuteLeft,
      'x-keap-tenant-throttle-used': minuteUsed,
    };
  }

  #count(tenantId: string): Usage {
    const now = Date.now();
    const day = Math.floor(now / 86_400_000);
    const minute = Math.floor(now / 60_000);
    let usage = this.#usage.get(tenantId);
    if (usage === undefined) {
      usage = { day, dayUsed: 0, minute, minuteUsed: 0 };
      this.#usage.set(tenantId, usage);
    }
    if (usage.day !== day) {
      usage.day = day;
      usage.dayUsed = 0;
    }
    if (usage.minute !== minute) {
      usage.minute = minute;
      usage.minuteUsed = 0;
    }
    usage.dayUsed += 1;
    usage.minuteUsed += 1;
    return usage;
  }
}
