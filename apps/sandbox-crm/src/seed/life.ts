import { FIRST_CONTACT_ID } from '../demo-facts.js';
import { PRODUCTS } from './business.js';
import { SeededRandom } from './random.js';
import { BEGINNING } from './seed-catalogue.js';

export const DAY = 86_400_000;
/** Nothing that is seeded happened later. */
const LATEST = BEGINNING + 640 * DAY;

export interface Purchase {
  product: (typeof PRODUCTS)[number];
  quantity: number;
  at: number;
  paid: boolean;
}

/** When a contact came and what was bought since: the same for a seed, asked for before or after the contact itself. */
export interface Life {
  createdAt: number;
  lastAt: number;
  purchases: Purchase[];
}

/** The first contact always has three orders. */
export function lifeOf(seed: number, index: number): Life {
  const random = randomOf(seed, index, 0x5eed);
  const createdAt = BEGINNING + random.whole(0, 500) * DAY + random.whole(0, 36_000) * 1000;
  const count = index === 0 ? 3 : random.chance(0.55) ? random.whole(1, 5) : 0;
  const purchases = Array.from({ length: count }, (): Purchase => ({
    product: random.pick(PRODUCTS),
    quantity: random.whole(1, 3),
    at: Math.min(createdAt + random.whole(1, 400) * DAY, LATEST),
    paid: random.chance(0.85),
  }));
  const lastAt = Math.max(createdAt, ...purchases.map(({ at }) => at));
  return { createdAt, lastAt, purchases };
}

export function paidMinor({ purchases }: Life): number {
  return purchases.reduce((sum, { paid, product, quantity }) => sum + (paid ? product.priceMinor * quantity : 0), 0);
}

/** Numbers for one contact and one purpose. */
export function randomOf(seed: number, index: number, purpose: number): SeededRandom {
  return new SeededRandom(Math.imul(seed, 0x01000193) ^ (FIRST_CONTACT_ID + index) ^ purpose);
}

export function isoDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
