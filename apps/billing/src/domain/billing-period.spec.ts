import { describe, expect, it } from '@jest/globals';
import { anchoredMonth, calendarMonth, periodKey } from './billing-period.js';

const at = (text: string): Date => new Date(text);
const told = ({ from, to }: { from: Date; to: Date }): string[] => [from.toISOString(), to.toISOString()];

describe('Periods', () => {
  it.each([
    ['2026-11-21T15:00:00Z', '2026-11-01T00:00:00.000Z', '2026-12-01T00:00:00.000Z'],
    ['2026-12-31T23:59:59.999Z', '2026-12-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
    ['2027-01-01T00:00:00Z', '2027-01-01T00:00:00.000Z', '2027-02-01T00:00:00.000Z'],
    ['2028-02-29T12:00:00Z', '2028-02-01T00:00:00.000Z', '2028-03-01T00:00:00.000Z'],
  ])('the free plan counts %s in the calendar month UTC', (instant, from, to) => {
    expect(told(calendarMonth(at(instant)))).toEqual([from, to]);
  });

  it.each([
    ['2026-01-31T10:00:00Z', '2026-01-31T10:00:00Z', '2026-01-31T10:00:00.000Z', '2026-02-28T10:00:00.000Z'],
    ['2026-01-31T10:00:00Z', '2026-02-28T09:59:59Z', '2026-01-31T10:00:00.000Z', '2026-02-28T10:00:00.000Z'],
    ['2026-01-31T10:00:00Z', '2026-02-28T10:00:00Z', '2026-02-28T10:00:00.000Z', '2026-03-31T10:00:00.000Z'],
    ['2026-01-31T10:00:00Z', '2026-04-15T00:00:00Z', '2026-03-31T10:00:00.000Z', '2026-04-30T10:00:00.000Z'],
    ['2024-02-29T00:00:00Z', '2025-02-28T00:00:00Z', '2025-02-28T00:00:00.000Z', '2025-03-29T00:00:00.000Z'],
    ['2026-11-21T15:30:00Z', '2026-11-20T00:00:00Z', '2026-10-21T15:30:00.000Z', '2026-11-21T15:30:00.000Z'],
  ])('a plan begun at %s counts %s from its own day', (anchor, instant, from, to) => {
    expect(told(anchoredMonth(at(anchor), at(instant)))).toEqual([from, to]);
  });

  it('leave no instant out and count none twice', () => {
    const anchor = at('2026-08-31T12:34:56.789Z');
    for (let hours = -2_000; hours < 20_000; hours += 7) {
      const instant = new Date(anchor.getTime() + hours * 3_600_000);
      const { from, to } = anchoredMonth(anchor, instant);
      expect(from <= instant && instant < to).toBe(true);
      expect(anchoredMonth(anchor, to).from).toEqual(to);
    }
  });

  it('are named by account and first instant', () => {
    expect(periodKey('account:1', calendarMonth(at('2026-11-21T15:00:00Z')))).toBe(
      'account:1/2026-11-01T00:00:00.000Z',
    );
  });
});
