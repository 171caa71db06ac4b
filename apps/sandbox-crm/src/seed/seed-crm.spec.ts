import { describe, expect, it } from '@jest/globals';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import {
  DEFAULT_CONTACTS,
  DEMO_CONTACTS,
  DEMO_SCORES,
  DEMO_TAG,
  LIFETIME_VALUE_FIELD,
  NICKNAME_FIELD,
  SCORE_FIELD,
} from '../demo-facts.js';
import { seedCrm } from './seed-crm.js';

const crm = (seed: number, contacts: number) => seedCrm({ seed, contacts }, () => undefined);

describe('the seeded store', () => {
  it('is the same for the same seed, whatever its size, and another one for another seed', () => {
    const small = crm(5, 20);
    const large = crm(5, 400);
    expect([...small.contacts.values()]).toEqual([...large.contacts.values()].slice(0, 20));
    expect(small.contacts.get('1010')).not.toEqual(crm(6, 20).contacts.get('1010'));
    expect(small.differences()['contacts']).toEqual({ changed: [], deleted: [], nextId: 1021 });
  });

  it('holds what the demo facts promise', () => {
    const store = crm(77, 200);
    for (const [index, { id, firstName, lastName }] of DEMO_CONTACTS.entries()) {
      const fields = { [SCORE_FIELD.id]: DEMO_SCORES[index] };
      expect(store.contacts.get(id)).toMatchObject({ firstName, lastName, fields });
    }
    const types = [SCORE_FIELD, LIFETIME_VALUE_FIELD, NICKNAME_FIELD].map(({ id, label }) => {
      const field = store.customFields.get(id);
      return field?.label === label ? field.type : undefined;
    });
    expect(types).toEqual(['whole_number', 'decimal', 'text']);
    expect(store.tags.get(DEMO_TAG.id)?.name).toBe(DEMO_TAG.name);
    expect([...store.contacts.values()].some(({ tags }) => tags.some(({ tagId }) => tagId === DEMO_TAG.id))).toBe(
      false,
    );
    expect(store.orders.of('1001')).toHaveLength(3);
  });

  it('is there at once with 100,000 contacts, which are made when they are asked for', () => {
    const store = crm(1, 100_000);
    expect(store.contacts.size).toBe(100_000);
    expect(store.contacts.get('101000')?.firstName).toEqual(expect.any(String));
    for (const id of ['101001', '1000', '01001', '1001.0', 'x']) expect(store.contacts.get(id)).toBeUndefined();
    store.contacts.delete('1500');
    expect([store.contacts.size, store.contacts.get('1500')]).toEqual([99_999, undefined]);
    const [first, second] = store.contacts.values();
    expect([first?.id, second?.id]).toEqual(['1001', '1002']);
  });

  it('gives every contact addresses and a telephone number of its own', () => {
    const contacts = [...crm(1, 2500).contacts.values()];
    const addresses = contacts.flatMap(({ emails }) => emails.map(({ address }) => address));
    expect(new Set(addresses).size).toBe(addresses.length);
    expect(addresses.every((address) => /^[\w.-]+@[a-z-]+\.(com|example)$/.test(address))).toBe(true);
    expect(new Set(contacts.map(({ phones }) => phones[0]?.number)).size).toBe(2500);
  });

  it('looks like a business: people of several countries with real telephone numbers and every type of field', () => {
    const store = crm(1, DEFAULT_CONTACTS);
    const contacts = [...store.contacts.values()];
    const countries = new Set(contacts.map(({ addresses }) => addresses[0]?.countryCode));
    expect(countries).toEqual(new Set(['USA', 'GBR', 'CAN', 'DEU', 'AUS', 'FRA', 'SWE']));
    const numbers = contacts.map(({ phones }) => phones[0]?.number ?? '');
    expect(numbers.filter((number) => parsePhoneNumberFromString(number)?.isValid() !== true)).toEqual([]);
    const types = new Set(Array.from(store.customFields.values(), ({ type }) => type));
    const filled = new Set(contacts.flatMap(({ fields }) => Object.keys(fields)));
    expect(types.size).toBeGreaterThanOrEqual(12);
    expect(filled).toEqual(new Set(Array.from(store.customFields.values(), ({ id }) => id)));
    for (const tag of store.tags.values()) {
      const carriers = contacts.filter(({ tags }) => tags.some(({ tagId }) => tagId === tag.id)).length;
      expect(carriers > 10).toBe(tag.id !== DEMO_TAG.id);
    }
  });

  it('tells of each contact only what fits together', () => {
    const store = crm(1, DEFAULT_CONTACTS);
    for (const { id, fields, tags, createdAt, updatedAt } of store.contacts.values()) {
      const paid = store.orders.of(id).reduce((sum, order) => sum + order.paidMinor, 0);
      expect(fields[LIFETIME_VALUE_FIELD.id]).toBe(paid / 100);
      const isProspect = tags.some(({ tagId }) => tagId === '101');
      expect(isProspect).toBe(store.orders.of(id).length === 0);
      expect(updatedAt).toBeGreaterThanOrEqual(createdAt);
      expect(tags.every(({ at }) => at >= createdAt && at <= updatedAt)).toBe(true);
    }
  });
});
