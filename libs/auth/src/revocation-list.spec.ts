import { beforeEach, describe, expect, it } from '@jest/globals';
import { RevocationList } from './revocation-list.js';
import type { RevocationSource, Revocations } from './sources.js';

const person = { sid: 'ses_1', user_id: 'user:1', ver: 3 };

describe('the list of revocations', () => {
  let clock: number;
  let answer: Omit<Revocations, 'now'>;
  let failure: Error | undefined;
  let asked: (string | undefined)[];
  let list: RevocationList;
  const source: RevocationSource = {
    revocations: async (since) => {
      asked.push(since);
      if (failure) throw failure;
      return { now: new Date(clock).toISOString(), ...answer };
    },
  };

  beforeEach(() => {
    clock = Date.parse('2026-11-20T10:00:00Z');
    answer = { sessions: [], users: [], api_keys: [], grants: [] };
    failure = undefined;
    asked = [];
    list = new RevocationList(source, { now: () => clock, wholeEvery: 3 });
  });

  it('refuses revoked sessions, old versions of a user and revoked keys', async () => {
    await list.becomeCurrent();
    expect(list.isRevoked(person)).toBe(false);
    answer = {
      sessions: [{ sid: 'ses_1' }],
      users: [{ user_id: 'user:2', ver: 4 }],
      api_keys: [{ key_id: 'apikey:9' }],
      grants: [],
    };
    await list.refresh();
    expect(list.isRevoked(person)).toBe(true);
    expect(list.isRevoked({ sid: 'ses_2', user_id: 'user:2', ver: 3 })).toBe(true);
    expect(list.isRevoked({ sid: 'ses_2', user_id: 'user:2', ver: 4 })).toBe(false);
    expect(list.isRevoked({ key: 'apikey:9', user_id: 'user:3', ver: 1 })).toBe(true);
  });

  it('spares the session that signed all others out', async () => {
    answer = { ...answer, users: [{ user_id: 'user:1', ver: 4, except_sid: 'ses_1' }] };
    await list.refresh();
    expect(list.isRevoked(person)).toBe(false);
    expect(list.isRevoked({ ...person, sid: 'ses_2' })).toBe(true);
    expect(list.isRevoked({ user_id: 'user:1', ver: 3, key: 'apikey:1' })).toBe(true);
  });

  it('asks for what came since, with an overlap, keeps it, and for everything from time to time', async () => {
    answer = { ...answer, sessions: [{ sid: 'ses_1' }] };
    await list.refresh();
    answer = { ...answer, sessions: [] };
    await list.refresh();
    expect(list.isRevoked(person)).toBe(true);
    await list.refresh();
    await list.refresh();
    expect(asked).toEqual([undefined, '2026-11-20T09:59:55.000Z', '2026-11-20T09:59:55.000Z', undefined]);
    expect(list.isRevoked(person)).toBe(false);
  });

  it('serves from an old list for a while, then answers 503 rather than let a revoked token pass', async () => {
    await list.becomeCurrent();
    failure = new Error('away');
    clock += 20_000;
    await list.refresh();
    expect(list.isCurrent()).toBe(true);
    clock += 20_000;
    await expect(list.becomeCurrent()).rejects.toMatchObject({ status: 503, code: 'generic.unavailable' });
    failure = undefined;
    await list.becomeCurrent();
    expect(list.isCurrent()).toBe(true);
  });

  it('asks one question at a time', async () => {
    await Promise.all([list.refresh(), list.refresh(), list.becomeCurrent()]);
    expect(asked).toHaveLength(1);
  });
});
