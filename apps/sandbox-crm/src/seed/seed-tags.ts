import type { AppliedTag } from '../store/records.js';
import { PRODUCTS } from './business.js';
import { DAY, paidMinor, type Life } from './life.js';
import type { SeededRandom } from './random.js';
import { TAG_ID } from './seed-catalogue.js';

const VIP_FROM_MINOR = 100_000;

/** Tags that fit what the contact has bought, and some interests and campaigns beside them. */
export function seededTags(random: SeededRandom, life: Life): AppliedTag[] {
  const tags: AppliedTag[] = [];
  const apply = (tagId: number, at: number): void => void tags.push({ tagId: String(tagId), at });
  const { createdAt, lastAt, purchases } = life;
  const [first] = purchases;
  if (first === undefined) apply(TAG_ID.prospect, createdAt);
  else if (random.chance(0.08)) apply(TAG_ID.formerCustomer, lastAt);
  else apply(TAG_ID.customer, first.at);
  if (paidMinor(life) >= VIP_FROM_MINOR) apply(TAG_ID.vip, lastAt);
  if (random.chance(0.05)) apply(TAG_ID.doNotCall, createdAt);
  for (let id = TAG_ID.firstInterest; id <= TAG_ID.lastInterest; id += 1) if (random.chance(0.2)) apply(id, createdAt);
  for (let id = TAG_ID.firstCampaign; id <= TAG_ID.lastCampaign; id += 1) {
    if (random.chance(0.15)) apply(id, Math.min(createdAt + random.whole(0, 60) * DAY, lastAt));
  }
  for (const [at, { name }] of PRODUCTS.entries()) {
    const bought = purchases.find(({ product, paid }) => paid && product.name === name);
    if (bought !== undefined) apply(TAG_ID.firstPurchase + at, bought.at);
  }
  return tags;
}
