import { describe, expect, it } from '@jest/globals';
import { DEMO_CONTACTS, DEMO_TAG, LIFETIME_VALUE_FIELD, NICKNAME_FIELD, SCORE_FIELD } from '../demo-facts.js';
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
    for (const { id, firstName, lastName } of DEMO_CONTACTS) {
      expect(store.contacts.get(id)).toMatchObject({
        firstName,
        lastName,
        fields: { [SCORE_FIELD.id]: expect.any(Number) },
      });
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

  it('gives every contact an address of its own', () => {
    const store = crm(1, 2000);
    expect(new Set(store.contacts.addresses()).size).toBe(2000);
  });
});
