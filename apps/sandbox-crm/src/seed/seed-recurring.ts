import { FIRST_CONTACT_ID } from '../demo-facts.js';
import type { CrmStore } from '../store/crm-store.js';
import { PRODUCTS } from './business.js';
import { DAY, lifeOf, randomOf } from './life.js';
import type { SeededRandom } from './random.js';

const CONTACTS_WITH_RECURRING = 1_000;
const BRANDS = ['VISA', 'MASTERCARD'] as const;

/** Subscriptions and the cards they are paid with. The first contact always has two of the one and one of the other. */
export function seedRecurring(store: CrmStore, seed: number): void {
  const count = Math.min(store.contacts.size, CONTACTS_WITH_RECURRING);
  for (let index = 0; index < count; index += 1) {
    const contactId = String(FIRST_CONTACT_ID + index);
    const random = randomOf(seed, index, 0x5ec0);
    const { createdAt } = lifeOf(seed, index);
    const subscriptions = index === 0 ? 2 : random.chance(0.15) ? 1 : 0;
    for (let n = 0; n < subscriptions; n += 1) seedSubscription(store, random, contactId, createdAt);
    if (index === 0 || random.chance(0.2)) seedCard(store, random, contactId, createdAt);
  }
}

function seedSubscription(store: CrmStore, random: SeededRandom, contactId: string, since: number): void {
  const product = random.pick(PRODUCTS);
  const startsAt = since + random.whole(1, 100) * DAY;
  const active = random.chance(0.8);
  const day = (later: number): string => new Date(startsAt + later * DAY).toISOString().slice(0, 10);
  store.subscriptions.seed({
    id: String(4001 + store.subscriptions.size),
    contactId,
    active,
    amountMinor: product.priceMinor,
    startsOn: day(0),
    lastBillOn: day(30),
    nextBillOn: active ? day(60) : '',
    cycle: 'MONTH',
  });
}

function seedCard(store: CrmStore, random: SeededRandom, contactId: string, createdAt: number): void {
  store.cards.seed({
    id: String(3001 + store.cards.size),
    contactId,
    brand: random.pick(BRANDS),
    lastFour: String(random.whole(1000, 9999)),
    expiryMonth: String(random.whole(1, 12)).padStart(2, '0'),
    expiryYear: String(random.whole(2027, 2031)),
    createdAt,
  });
}
