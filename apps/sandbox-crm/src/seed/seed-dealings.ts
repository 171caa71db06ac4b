import type { CrmStore } from '../store/crm-store.js';
import type { OrderRecord } from '../store/records.js';
import { SeededRandom } from './random.js';
import { BEGINNING } from './seed-catalogue.js';
import { PRODUCTS } from './words.js';

const DAY = 86_400_000;

/** Only the first contacts have a history of dealings, so that a store of 100,000 contacts is seeded fast. */
const CONTACTS_WITH_DEALINGS = 300;

/** Orders with payments, opportunities and notes. The first contact always has some of each. */
export function seedDealings(store: CrmStore, seed: number): void {
  const random = new SeededRandom(seed ^ 0x5eed);
  let seen = 0;
  for (const { id, createdAt } of store.contacts.values()) {
    if (seen++ === CONTACTS_WITH_DEALINGS) return;
    const orders = seen === 1 ? 3 : random.chance(0.6) ? random.whole(1, 6) : 0;
    for (let n = 0; n < orders; n += 1) seedOrder(store, random, id, createdAt);
    if (seen === 1 || random.chance(0.25)) seedOpportunity(store, random, id, createdAt);
    if (seen === 1 || random.chance(0.2)) {
      store.notes.seed({
        id: String(5001 + store.notes.size),
        contactId: id,
        title: 'First talk',
        text: 'Wants to hear more next month.',
        type: 'Call',
        userId: '1',
        createdAt,
        updatedAt: createdAt,
      });
    }
  }
}

function seedOrder(store: CrmStore, random: SeededRandom, contactId: string, since: number): void {
  const product = random.pick(PRODUCTS);
  const quantity = random.whole(1, 3);
  const totalMinor = product.priceMinor * quantity;
  const paid = random.chance(0.85);
  const orderedAt = Math.min(since + random.whole(1, 400) * DAY, BEGINNING + 640 * DAY);
  const order: OrderRecord = {
    id: String(7001 + store.orders.size),
    contactId,
    title: product.name,
    status: paid ? 'PAID' : 'SENT',
    online: random.chance(0.7),
    orderedAt,
    createdAt: orderedAt,
    updatedAt: orderedAt,
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
    paidAt: orderedAt,
    note: 'Card payment',
  });
}

function seedOpportunity(store: CrmStore, random: SeededRandom, contactId: string, createdAt: number): void {
  const lowMinor = random.whole(5, 50) * 10_000;
  store.opportunities.seed({
    id: String(9001 + store.opportunities.size),
    contactId,
    title: 'Yearly programme',
    stageId: String(random.whole(1, 4)),
    userId: '1',
    notes: '',
    lowMinor,
    highMinor: lowMinor * 2,
    createdAt,
    updatedAt: createdAt,
  });
}
