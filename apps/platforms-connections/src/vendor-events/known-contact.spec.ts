import { describe, expect, it } from '@jest/globals';
import { differences, rememberedOf } from './known-contact.js';
import type { Snapshot } from './reading.js';

const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 21, 12, minute));
const snapshot = (changes: Partial<Snapshot> = {}): Snapshot => ({
  contactId: 'c1',
  at: at(1),
  created: false,
  tags: ['VIP'],
  fields: { first_name: 'Ada', '9': 4 },
  covers: ['first_name', 'email'],
  ...changes,
});
const known = rememberedOf(undefined, snapshot({ at: at(0) }));
const none = { tagsApplied: [], tagsRemoved: [], fieldsChanged: [] };

describe('a contact that is known', () => {
  it('shows what changed, and nothing when nothing did', () => {
    const now = snapshot({ tags: ['vip', 'New'], fields: { first_name: 'Ada', '9': '5', email: 'a@example.com' } });
    expect(differences(known, now, true)).toEqual({
      tagsApplied: ['New'],
      tagsRemoved: [],
      fieldsChanged: [
        { key: '9', value: '5' },
        { key: 'email', value: 'a@example.com' },
      ],
    });
    expect(differences(known, snapshot({ fields: { first_name: 'Ada', '9': '4' } }), true)).toEqual(none);
  });

  it('shows what was emptied, but not what the vendor does not tell', () => {
    const before = rememberedOf(
      undefined,
      snapshot({ at: at(0), covers: ['job_title'], fields: { job_title: 'CEO', '9': 1 } }),
    );
    expect(differences(before, snapshot({ fields: {} }), true).fieldsChanged).toEqual([{ key: '9', value: null }]);
    expect(rememberedOf(before, snapshot({ fields: {} })).fields?.map(({ key }) => key)).toEqual(['job_title']);
  });

  it('is not set back by an event that comes late', () => {
    const late = snapshot({ at: at(-1), tags: [] });
    expect(differences(known, late, true)).toEqual(none);
    expect(rememberedOf(known, late)).toBe(known);
  });
});

describe('a contact that was never seen', () => {
  it('has only new tags when it was just made, or when all others have been seen', () => {
    expect(differences(undefined, snapshot({ created: true }), false).tagsApplied).toEqual(['VIP']);
    expect(differences(undefined, snapshot(), true).tagsApplied).toEqual(['VIP']);
  });

  it('shows nothing while it may have been there all along', () => {
    expect(differences(undefined, snapshot(), false)).toEqual(none);
  });
});
