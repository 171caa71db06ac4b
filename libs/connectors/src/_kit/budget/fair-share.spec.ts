import { describe, expect, it } from '@jest/globals';
import { afterShares, sharesOf, type Party, type Room, type Turns } from './fair-share.js';

const now = 1_700_000_000_000;
const MS = 1_000;
const nobody: Turns = { parties: {}, turn: 0 };
const roomOf = (free: number, at = now, calls = free): Room => ({ free, limit: { calls, ms: MS }, now: at });
const party = (values: Partial<Party>): Party => ({
  turn: 0,
  waiting: 0,
  due: 0,
  until: 0,
  period: 0,
  calls: 0,
  earlier: 0,
  seen: now,
  ...values,
});

/** A window after another, each with room for `perWindow` calls; every party asks for all it has waiting. */
function windows(perWindow: number, waiting: Record<string, number>, rounds: number): Record<string, number>[] {
  let turns = nobody;
  const left = { ...waiting };
  return Array.from({ length: rounds }, (_, round) => {
    const at = now + round * MS;
    const got: Record<string, number> = {};
    let free = perWindow;
    for (const name of Object.keys(left)) {
      const room = roomOf(free, at, perWindow);
      const asks = [{ party: name, count: Math.min(left[name] ?? 0, 50) }];
      const shares = sharesOf(turns, asks, room).map((share) =>
        share.places.length > 0 ? { ...share, dueAt: at + MS, lastAt: at + MS } : share,
      );
      turns = afterShares(turns, shares, room);
      const granted = shares[0]?.granted ?? 0;
      got[name] = granted;
      left[name] = (left[name] ?? 0) - granted;
      free -= granted;
    }
    return got;
  });
}

describe('calls are shared', () => {
  it('so that one party alone gets all of them', () => {
    expect(windows(10, { a: 10_000 }, 3)).toEqual([{ a: 10 }, { a: 10 }, { a: 10 }]);
  });

  it('so that one with ten thousand calls leaves half of each window to another that waits', () => {
    const [, ...later] = windows(10, { a: 10_000, b: 40 }, 6);
    for (const { a, b } of later) expect(Math.min(Number(a), Number(b))).toBeGreaterThanOrEqual(4);
  });

  it('so that of n parties each gets one of n calls, and what one does not want goes to the others', () => {
    const rounds = windows(12, { a: 10_000, b: 10_000, c: 4, d: 10_000 }, 6);
    for (const { a, b, d } of rounds.slice(3)) expect(Math.min(...[a, b, d].map(Number))).toBeGreaterThanOrEqual(3);
    expect(rounds.slice(1, 3).reduce((sum, { c }) => sum + Number(c), 0)).toBe(4);
  });

  it('in the order of their places among those who have to wait', () => {
    const asks = [
      { party: 'a', count: 3 },
      { party: 'b', count: 3 },
    ];
    expect(sharesOf(nobody, asks, roomOf(2))).toEqual([
      { party: 'a', granted: 1, places: [2, 4] },
      { party: 'b', granted: 1, places: [3, 5] },
    ]);
  });

  it('without waiting for a party that does not come back', () => {
    const gone = { parties: { b: party({ waiting: 5, due: now - 3_000, until: now - 1, seen: 0 }) }, turn: 0 };
    expect(sharesOf(gone, [{ party: 'a', count: 9 }], roomOf(9))).toEqual([{ party: 'a', granted: 9, places: [] }]);
  });

  it('without credit for a party that was away', () => {
    const asks = [
      { party: 'a', count: 10 },
      { party: 'b', count: 10 },
    ];
    const [a, b] = sharesOf({ parties: { a: party({ turn: 100 }) }, turn: 99 }, asks, roomOf(10));
    expect([a?.granted, b?.granted]).toEqual([5, 5]);
  });

  it('with a tenth of the window left to parties that have had little of it', () => {
    const period = Math.floor(now / MS);
    const turns = {
      parties: { a: party({ turn: 90, period, calls: 90 }), b: party({ period: period - 1 }) },
      turn: 90,
    };
    const room = roomOf(10, now, 100);
    expect(sharesOf(turns, [{ party: 'a', count: 5 }], room)[0]).toMatchObject({
      granted: 0,
      places: [10, 11, 12, 13, 14],
    });
    expect(sharesOf(turns, [{ party: 'b', count: 5 }], room)[0]).toMatchObject({ granted: 5 });
  });
});
