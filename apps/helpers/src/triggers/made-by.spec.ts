import { describe, expect, it } from '@jest/globals';
import type { TimelineEntry } from '#contracts';
import { madeBy } from './made-by.js';

const call = (operation: string, target: string, status = 200): TimelineEntry => ({
  at: '2026-11-21T12:00:00.000Z',
  type: 'call',
  message: '',
  data: { operation, target, status },
});
const run = (events: TimelineEntry[], output: Record<string, unknown> = {}) => ({ events, output });
const trigger = (words: string[] = []) => ({
  event: 'tag_applied' as const,
  filter: words.length > 0 ? { tag_id: words[0], field: words[0] } : {},
  tag_words: words,
  field_words: words,
});
const about = { contact_id: '1' };
const applied = (tag: { id?: string; name?: string }) => ({ ...about, change: 'tag_applied' as const, tag });
const field = (key: string) => ({ ...about, change: 'field_changed' as const, field: { key } });
const action = (value: string) => ({ actions: [{ type: 'tag_applied', target: '1', value }] });

describe('a tag was applied by a run', () => {
  it.each([
    ['whose call names it', run([call('applyTag', 'tags/7/contacts/1')]), trigger()],
    ['whose output names it', run([call('applyTag', 'contacts/1/tags')], action('VIP')), trigger(['7', 'VIP'])],
    ['that does not say which', run([call('applyTag', 'contacts/1/tags')]), trigger(['7', 'VIP'])],
  ])('%s', (_name, made, waiting) => {
    expect(madeBy(made, applied({ id: '7' }), waiting)).toBe(true);
  });

  it.each([
    ['that applied another', run([call('applyTag', 'tags/8/contacts/1')]), trigger()],
    ['that applied another by name', run([call('applyTag', 'contacts/1/tags')], action('Gold')), trigger(['7', 'VIP'])],
    ['that was refused', run([call('applyTag', 'tags/7/contacts/1', 404)]), trigger()],
    ['that only read', run([call('getContact', 'contacts/1')]), trigger()],
  ])('but not by one %s', (_name, other, waiting) => {
    expect(madeBy(other, applied({ id: '7' }), waiting)).toBe(false);
  });
});

describe('a field was changed by a run', () => {
  const wrote = [call('updateContact', 'contacts/1')];

  it('that wrote it, or does not say what it wrote', () => {
    expect(madeBy(run(wrote, { modified_data: { Score: 5 } }), field('12'), trigger(['Score', '12']))).toBe(true);
    expect(madeBy(run(wrote), field('12'), trigger(['Score', '12']))).toBe(true);
  });

  it('but not by one that wrote another, or none', () => {
    expect(madeBy(run(wrote, { modified_data: { City: 'Ulm' } }), field('12'), trigger(['Score', '12']))).toBe(false);
    expect(madeBy(run([call('applyTag', 'tags/7/contacts/1')]), field('12'), trigger())).toBe(false);
  });
});

it('a contact was made by the run that says so', () => {
  const made = run([call('createContact', 'contacts')], { modified_data: { contact_id: '44' } });
  const created = (contact_id: string) => ({ change: 'contact_created' as const, contact_id });
  expect([madeBy(made, created('44'), trigger()), madeBy(made, created('45'), trigger())]).toEqual([true, false]);
});
