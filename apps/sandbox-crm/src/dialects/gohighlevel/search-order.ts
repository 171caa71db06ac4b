import type { CrmStore } from '../../store/crm-store.js';
import type { ContactRecord } from '../../store/records.js';
import { Refusal } from '../dialect.js';
import { objects, type Input } from '../input.js';
import { sourceOf } from './contact-view.js';

export type Place = (string | number)[];

type Key = (contact: ContactRecord, store: CrmStore) => string | number;

const KEYS: Readonly<Record<string, Key>> = {
  firstNameLowerCase: ({ firstName }) => firstName.toLowerCase(),
  lastNameLowerCase: ({ lastName }) => lastName.toLowerCase(),
  email: ({ emails }) => emails[0]?.address.toLowerCase() ?? '',
  source: (contact, store) => sourceOf(contact, store).toLowerCase(),
  dateAdded: ({ createdAt }) => createdAt,
  dateUpdated: ({ updatedAt }) => updatedAt,
};

const MOST_KEYS = 2;

/** The order of a search, in which every contact has its own place: ties are decided by id. */
export class SearchOrder {
  readonly #keys: { key: Key; sign: 1 | -1 }[];

  constructor(
    input: Input,
    private readonly store: CrmStore,
  ) {
    const asked = objects(input, 'sort') ?? [{ field: 'dateAdded', direction: 'desc' }];
    if (asked.length > MOST_KEYS) throw new Refusal(400, `sort takes at most ${MOST_KEYS} fields`);
    this.#keys = asked.map(({ field, direction }) => {
      const key = Object.hasOwn(KEYS, String(field)) ? KEYS[String(field)] : undefined;
      if (key === undefined) throw new Refusal(400, `Invalid sort field: ${String(field)}`);
      return { key, sign: direction === 'desc' ? -1 : 1 };
    });
  }

  /** Where a contact stands; the vendor calls it `searchAfter`. */
  placeOf(contact: ContactRecord): Place {
    return [...this.#keys.map(({ key }) => key(contact, this.store)), contact.id];
  }

  compare(a: Place, b: Place): number {
    for (const [index, { sign }] of this.#keys.entries()) {
      const difference = compareValues(a[index], b[index]) * sign;
      if (difference !== 0) return difference;
    }
    return Number(a.at(-1)) - Number(b.at(-1));
  }
}

function compareValues(a: string | number | undefined, b: string | number | undefined): number {
  if (a === b || a === undefined || b === undefined) return 0;
  return a < b ? -1 : 1;
}
