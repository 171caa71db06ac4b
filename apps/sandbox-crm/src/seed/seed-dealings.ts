import { FIRST_CONTACT_ID } from '../demo-facts.js';
import type { CrmStore } from '../store/crm-store.js';
import type { OrderRecord } from '../store/records.js';
import { NOTE_TEXTS, OPPORTUNITY_TITLES } from './business.js';
import { DAY, lifeOf, randomOf, type Life, type Purchase } from './life.js';
import type { SeededRandom } from './random.js';

/** Only the first contacts have a history of dealings, so that a store of 100,000 contacts is there at once. */
const CONTACTS_WITH_DEALINGS = 1_000;

/** Orders with payments, opportunities and notes. The first contact always has some of each. */
export function seedDealings(store: CrmStore, seed: number): void {
  const count = Math.min(store.contacts.size, CONTACTS_WITH_DEALINGS);
  for (let index = 0; index < count; index += 1) {
    const contactId = String(FIRST_CONTACT_ID + index);
    const random = randomOf(seed, index, 0xdea1);
    const life = lifeOf(seed, index);
    for (const purchase of life.purchases) seedOrder(store, random, contactId, purchase);
    if (index === 0 || random.chance(0.25)) seedOpportunity(store, random, contactId, life);
    if (index === 0 || random.chance(0.2)) seedNote(store, random, contactId, life);
  }
}

function seedOrder(store: CrmStore, random: SeededRandom, contactId: string, purchase: Purchase): void {
  const { product, quantity, at, paid } = purchase;
  const totalMinor = product.priceMinor * quantity;
  const order: OrderRecord = {
    id: String(7001 + store.orders.size),
    contactId,
    title: product.name,
    status: paid ? 'PAID' : 'SENT',
    online: random.chance(0.7),
    orderedAt: at,
    createdAt: at,
    updatedAt: at,
    totalMinor,
    paidMinor: paid ? totalMinor : 0,
    dueMinor: totalMinor,
    refundMinor: 0,
    invoiceId: String(6001 + store.orders.size),
    promoCode: random.chance(0.2) ? 'SPRING10' : '',
    items: [{ id: String(20_001 + store.orders.size), name: product.name, quantity, priceMinor: product.priceMinor }],
  };
  store.orders.seed(order);
  if (!paid) return;
  store.payments.seed({
    id: String(8001 + store.payments.size),
    contactId,
    orderId: order.id,
    amountMinor: totalMinor,
    paidAt: at,
    note: 'Card payment',
  });
}

function seedOpportunity(store: CrmStore, random: SeededRandom, contactId: string, { createdAt }: Life): void {
  const lowMinor = random.whole(5, 50) * 10_000;
  const at = createdAt + random.whole(0, 100) * DAY;
  store.opportunities.seed({
    id: String(9001 + store.opportunities.size),
    contactId,
    title: random.pick(OPPORTUNITY_TITLES),
    stageId: String(random.whole(1, 4)),
    userId: String(random.whole(1, 3)),
    notes: '',
    lowMinor,
    highMinor: lowMinor * 2,
    createdAt: at,
    updatedAt: at,
  });
}

function seedNote(store: CrmStore, random: SeededRandom, contactId: string, { createdAt }: Life): void {
  store.notes.seed({
    id: String(5001 + store.notes.size),
    contactId,
    ...random.pick(NOTE_TEXTS),
    userId: String(random.whole(1, 3)),
    createdAt,
    updatedAt: createdAt,
  });
}
