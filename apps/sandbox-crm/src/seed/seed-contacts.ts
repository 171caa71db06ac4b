import { DEMO_CONTACTS, FIRST_CONTACT_ID } from '../demo-facts.js';
import type { ContactRecord, EmailSlot } from '../store/records.js';
import { COMPANY_NAMES, domainOf, JOB_TITLES } from './business.js';
import { homeOf } from './countries.js';
import { DAY, isoDay, lifeOf, randomOf } from './life.js';
import { plainAscii } from '../store/plain-ascii.js';
import type { SeededRandom } from './random.js';
import { seededFields } from './seed-fields.js';
import { seededTags } from './seed-tags.js';

/** The contact at a position; the same for a seed however many contacts there are. */
export function seededContact(seed: number, index: number): ContactRecord {
  const random = randomOf(seed, index, 0xc0de);
  const id = String(FIRST_CONTACT_ID + index);
  const person = DEMO_CONTACTS[index];
  const { country, place, phone } = homeOf(seed, index);
  const firstName = person?.firstName ?? random.pick(country.firstNames);
  const lastName = person?.lastName ?? random.pick(country.lastNames);
  const life = lifeOf(seed, index);
  const company = random.chance(0.6) ? random.whole(0, COMPANY_NAMES.length - 1) : undefined;
  const employer = company === undefined || person !== undefined ? undefined : COMPANY_NAMES[company];
  return {
    id,
    firstName,
    lastName,
    emails: emailsOf(random, `${plainAscii(firstName)}.${plainAscii(lastName)}.${id}`.toLowerCase(), employer),
    phones: [{ slot: 1, number: phone, type: random.chance(0.7) ? 'Mobile' : 'Work', extension: '' }],
    addresses: [
      {
        kind: 'billing',
        line1: country.line(random.pick(country.streets), random.whole(1, 240)),
        line2: random.chance(0.1) ? `Apt ${random.whole(1, 40)}` : '',
        city: place.city,
        region: place.region,
        postalCode: place.postalCode,
        countryCode: country.code,
      },
    ],
    companyId: company === undefined ? '' : String(501 + company),
    jobTitle: company !== undefined && random.chance(0.85) ? random.pick(JOB_TITLES) : '',
    website: random.chance(0.3) ? `https://${domainOf(plainAscii(lastName))}.example` : '',
    birthday: random.chance(0.5) ? isoDay(Date.UTC(random.whole(1955, 2003), 0, 1) + random.whole(0, 364) * DAY) : '',
    anniversary: random.chance(0.2)
      ? isoDay(Date.UTC(random.whole(1985, 2024), 0, 1) + random.whole(0, 364) * DAY)
      : '',
    ownerId: String(random.whole(1, 3)),
    leadSourceId: String(random.whole(1, 4)),
    score: random.whole(0, 5),
    tags: seededTags(random, life),
    fields: seededFields(random, index, firstName, life),
    createdAt: life.createdAt,
    updatedAt: life.lastAt,
  };
}

/** The contact's number in the name makes every address the only one of its kind. */
function emailsOf(random: SeededRandom, name: string, employer: string | undefined): EmailSlot[] {
  const own: EmailSlot = { slot: 1, address: `${name}@example.com` };
  const kind = random.next();
  if (employer === undefined || kind < 0.5) return [own];
  const work = `${name}@${domainOf(employer)}.example`;
  return kind < 0.8 ? [{ slot: 1, address: work }] : [own, { slot: 2, address: work }];
}
