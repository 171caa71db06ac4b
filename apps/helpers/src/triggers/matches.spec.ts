import { describe, expect, it } from '@jest/globals';
import type { TriggerEvent } from '#contracts';
import { matches } from './matches.js';
import type { TriggerConditions } from './trigger.repository.js';

const trigger = (event: TriggerEvent, filter: TriggerConditions = {}, words: string[] = []) => ({
  event,
  filter,
  tag_words: words,
  field_words: words,
});
const applied = (tag: { id?: string; name?: string }) => ({ change: 'tag_applied' as const, tag });
const field = (key: string, value?: string | number | boolean | string[] | null) => ({
  change: 'field_changed' as const,
  field: { key, ...(value !== undefined && { value }) },
});

describe('a trigger', () => {
  it('without a filter takes every change of its kind, and no other', () => {
    expect(matches(trigger('contact_created'), { change: 'contact_created' })).toBe(true);
    expect(matches(trigger('tag_removed'), applied({ id: '7' }))).toBe(false);
  });

  it.each([[{ id: '7' }], [{ name: 'vip ' }], [{ id: '9', name: 'VIP' }]])('knows its tag as %o', (tag) => {
    expect(matches(trigger('tag_applied', { tag_id: 'Vip' }, ['7', 'VIP']), applied(tag))).toBe(true);
  });

  it('does not take another tag, nor one that is not named', () => {
    for (const tag of [{ id: '8' }, { name: 'Gold' }, {}]) {
      expect(matches(trigger('tag_applied', { tag_id: '7' }, ['7', 'VIP']), applied(tag))).toBe(false);
    }
  });

  it.each([
    ['5', 5],
    [5, '5'],
    [true, 'true'],
    ['b', ['a', 'b']],
    ['', null],
  ])('compares %p with %p as people would', (equals, value) => {
    expect(matches(trigger('field_changed', { field: 'Score', equals }, ['12']), field('12', value))).toBe(true);
  });

  it('does not take another value, another field, or a value that is not told', () => {
    const waiting = trigger('field_changed', { field: 'Score', equals: '5' }, ['12']);
    for (const change of [field('12', '6'), field('13', '5'), field('12')])
      expect(matches(waiting, change)).toBe(false);
  });
});
