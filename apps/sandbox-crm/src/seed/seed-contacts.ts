import { DEMO_CONTACTS, FIRST_CONTACT_ID, LIFETIME_VALUE_FIELD, NICKNAME_FIELD, SCORE_FIELD } from '../demo-facts.js';
import type { ContactRecord, FieldValue } from '../store/records.js';
import { SeededRandom } from './random.js';
import { BEGINNING } from './seed-catalogue.js';
import { COMPANY_NAMES, FIRST_NAMES, JOB_TITLES, LAST_NAMES, PLACES } from './words.js';

const DAY = 86_400_000;
const SUPPORT_LEVELS = ['Basic', 'Plus', 'Premium'] as const;

/** The contact at a position; the same for a seed however many contacts there are. */
export function seededContact(seed: number, index: number): ContactRecord {
  const random = new SeededRandom(Math.imul(seed, 0x01000193) ^ (index + 1));
  const id = String(FIRST_CONTACT_ID + index);
  const person = DEMO_CONTACTS[index];
  const firstName = person?.firstName ?? random.pick(FIRST_NAMES);
  const lastName = person?.lastName ?? random.pick(LAST_NAMES);
  const place = random.pick(PLACES);
  const createdAt = BEGINNING + random.whole(0, 500) * DAY + random.whole(0, 36_000) * 1000;
  return {
    id,
    firstName,
    lastName,
    emails: [{ slot: 1, address: `${firstName}.${lastName}.${id}@example.com`.toLowerCase() }],
    phones: [{ slot: 1, number: place.dial + String(1000 + (index % 9000)), type: 'Mobile', extension: '' }],
    addresses: [
      {
        kind: 'billing',
        line1: `${random.whole(1, 400)} Market Street`,
        line2: '',
        city: place.city,
        region: place.region,
        postalCode: place.postalCode,
        countryCode: place.countryCode,
      },
    ],
    companyId: random.chance(0.6) ? String(501 + random.whole(0, COMPANY_NAMES.length - 1)) : '',
    jobTitle: random.chance(0.7) ? random.pick(JOB_TITLES) : '',
    website: random.chance(0.3) ? `https://${lastName.toLowerCase()}.example` : '',
    birthday: random.chance(0.5) ? isoDay(Date.UTC(random.whole(1955, 2003), 0, 1) + random.whole(0, 364) * DAY) : '',
    anniversary: '',
    ownerId: String(random.whole(1, 3)),
    leadSourceId: String(random.whole(1, 4)),
    score: random.whole(0, 5),
    tags: seededTags(random, createdAt),
    fields: seededFields(random, firstName, createdAt),
    createdAt,
    updatedAt: createdAt,
  };
}

function seededTags(random: SeededRandom, at: number): ContactRecord['tags'] {
  const tags: ContactRecord['tags'] = [];
  for (let tagId = 101; tagId <= 115; tagId += 1) if (random.chance(0.15)) tags.push({ tagId: String(tagId), at });
  return tags;
}

function seededFields(random: SeededRandom, firstName: string, createdAt: number): Record<string, FieldValue> {
  const fields: Record<string, FieldValue> = {
    [SCORE_FIELD.id]: random.whole(0, 100),
    [LIFETIME_VALUE_FIELD.id]: random.whole(0, 500_000) / 100,
    '4': random.chance(0.5),
    '13': random.pick(SUPPORT_LEVELS),
  };
  if (random.chance(0.3)) fields[NICKNAME_FIELD.id] = firstName.slice(0, 3);
  if (random.chance(0.4)) fields['5'] = isoDay(createdAt + random.whole(200, 700) * DAY);
  if (random.chance(0.4)) fields['6'] = new Date(createdAt + random.whole(1, 100) * DAY).toISOString();
  if (random.chance(0.3)) fields['3'] = ['Books', 'Coaching'];
  return fields;
}

function isoDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
