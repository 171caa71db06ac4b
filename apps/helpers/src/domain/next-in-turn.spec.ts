import { describe, expect, it } from '@jest/globals';
import { nextInTurn, type InTurn } from './next-in-turn.js';

const now = new Date('2026-01-15T12:00:00Z');
const later = new Date('2026-01-15T12:05:00Z');
const always = () => true;

const held = (id: string, more: Partial<InTurn> = {}): InTurn => ({
  _id: id,
  account_id: 'account:a',
  helper_type: 'tag_it',
  turn_key: 'c|1',
  lane: 'live',
  held: true,
  hold: 'turn',
  ...more,
});

describe('whose turn it is at a contact', () => {
  it('is nobody while one has it', () => {
    expect(nextInTurn([held('exec:2'), held('exec:1', { held: false })], now, always)).toBeNull();
  });

  it('is the one accepted first, in whatever order they were read', () => {
    expect(nextInTurn([held('exec:3'), held('exec:1'), held('exec:2')], now, always)?._id).toBe('exec:1');
  });

  it('skips later jobs of a type whose earlier one waits for a retry, and lets other types go on', () => {
    const waiting = held('exec:1', { hold: 'wait', not_before: later, waiting: { reason: 'retry', until: later } });
    const sameType = held('exec:2');
    const otherType = held('exec:3', { helper_type: 'note_it' });
    expect(nextInTurn([waiting, sameType, otherType], now, always)?._id).toBe('exec:3');
    expect(nextInTurn([waiting, sameType], now, always)).toBeNull();
    expect(nextInTurn([waiting, sameType], later, always)?._id).toBe('exec:1');
  });

  it('lets nobody wait for one that is merely scheduled', () => {
    const scheduled = held('exec:1', {
      hold: 'wait',
      not_before: later,
      waiting: { reason: 'schedule', until: later },
    });
    expect(nextInTurn([scheduled, held('exec:2')], now, always)?._id).toBe('exec:2');
  });

  it('keeps bulk jobs back while their account has no room, and the later ones of their type behind them', () => {
    const bulk = held('exec:1', { lane: 'bulk', hold: 'bulk' });
    expect(nextInTurn([bulk, held('exec:2')], now, () => false)).toBeNull();
    expect(nextInTurn([bulk, held('exec:2', { helper_type: 'note_it' })], now, () => false)?._id).toBe('exec:2');
    expect(nextInTurn([bulk, held('exec:2')], now, always)?._id).toBe('exec:1');
  });
});
