import { DEMO_CONTACTS, DEMO_SCORES, LIFETIME_VALUE_FIELD, NICKNAME_FIELD, SCORE_FIELD } from '../demo-facts.js';
import type { FieldValue } from '../store/records.js';
import { BACKGROUNDS, PRODUCTS, REFERRAL_SITES } from './business.js';
import { DAY, isoDay, paidMinor, type Life } from './life.js';
import type { SeededRandom } from './random.js';
import { INTERESTS, SUPPORT_LEVELS } from './seed-catalogue.js';

/** Values of custom fields; every type of field is filled on many contacts, only the numeric ones on all. */
export function seededFields(
  random: SeededRandom,
  index: number,
  firstName: string,
  life: Life,
): Record<string, FieldValue> {
  const { createdAt, lastAt, purchases } = life;
  const favourite = purchases.at(-1)?.product ?? random.pick(PRODUCTS);
  const score = random.whole(0, 100);
  const some: [share: number, id: string, value: () => FieldValue][] = [
    // Left empty on the demo contacts: texts say that helpers write their results there.
    [index < DEMO_CONTACTS.length ? 0 : 0.3, NICKNAME_FIELD.id, () => firstName.slice(0, 3)],
    [purchases.length > 0 ? 0.8 : 0.2, '2', () => favourite.name],
    [0.5, '3', () => INTERESTS.filter((_interest, at) => at === index % INTERESTS.length || random.chance(0.3))],
    [0.8, '4', () => random.chance(0.6)],
    [0.4, '5', () => isoDay(createdAt + random.whole(200, 700) * DAY)],
    [0.4, '6', () => new Date(lastAt + random.whole(1, 28) * 3_600_000).toISOString()],
    [0.25, '9', () => random.pick(BACKGROUNDS)],
    [0.5, '10', () => (purchases.length > 2 ? 'Regulars' : 'Newcomers')],
    [0.4, '11', () => random.whole(1, 80) * 250],
    [0.25, '12', () => random.pick(REFERRAL_SITES)],
    [0.9, '13', () => random.pick(SUPPORT_LEVELS)],
    [0.3, '14', () => random.whole(1, 6) * 5],
  ];
  const fields: Record<string, FieldValue> = {
    [SCORE_FIELD.id]: DEMO_SCORES[index] ?? score,
    [LIFETIME_VALUE_FIELD.id]: paidMinor(life) / 100,
  };
  // The first contact has a value of every type, to be shown and copied.
  for (const [share, id, value] of some) if (random.chance(index === 0 && share > 0 ? 1 : share)) fields[id] = value();
  return fields;
}
