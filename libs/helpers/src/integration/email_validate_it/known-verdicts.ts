import { DateTime } from 'luxon';
import { z } from 'zod';
import type { RunContext } from '../../_kit/run-context.js';
import { readJson } from '../../_services/read-json.js';
import { verifyAddress, type AddressVerdict } from '../../_services/klean13/klean13-client.js';

const KEEP = { days: 3 };

const Kept = z.object({ valid: z.boolean(), reason: z.string(), deliverable: z.boolean() });

/** The account's own memory: what was asked lately is not asked, and not paid, again. */
export async function knownOrAsked(
  { http, state, crypto, clock, platformKeys }: RunContext<unknown>,
  email: string,
  useCache: boolean,
): Promise<AddressVerdict & { cacheHit: boolean }> {
  const key = `email_validate_it:${crypto.sha256(email.toLowerCase(), 'hex')}`;
  const kept = useCache ? await state.read(key) : null;
  const known = Kept.safeParse(kept === null ? undefined : readJson(kept));
  if (known.success) return { ...known.data, cacheHit: true };
  const verdict = await verifyAddress(http, platformKeys.keyOf('klean13'), email);
  if (useCache) {
    const keepUntil = DateTime.fromJSDate(clock.now()).plus(KEEP).toJSDate();
    // Whoever else stored one meanwhile has asked just as lately.
    await state.compareAndSet({ key, expected: kept, next: JSON.stringify(verdict), keepUntil });
  }
  return { ...verdict, cacheHit: false };
}
