import { describe, expect, it } from '@jest/globals';
import { Problem, questions } from '#contracts';
import type { Questions } from '#messaging';
import type { Sealer } from '#sealing';
import { RunnerCredentials, type Credentials } from './runner-credentials.js';

const ACCOUNT = 'account:1';
const answer = (values: Partial<Credentials> = {}): Credentials => ({
  connection_id: 'connection:1',
  platform: 'hubspot',
  status: 'active',
  auth_type: 'oauth2',
  sealed: 'sealed',
  version: 3,
  rate_scope: 'connection:1',
  limits: { requests_per_second: 0, requests_per_minute: 0, requests_per_hour: 0, burst_limit: 0 },
  ...values,
});
const at = (fromNow: number): string => new Date(Date.now() + fromNow).toISOString();

/** The service that keeps credentials, and what it was asked. */
function service(present: Credentials, newer: Credentials | Problem) {
  const asked: unknown[] = [];
  const ask = (question: unknown, request: unknown): Promise<Credentials> => {
    if (question === questions.credentials) return Promise.resolve(present);
    asked.push(request);
    return newer instanceof Problem ? Promise.reject(newer) : Promise.resolve(newer);
  };
  return { asked, credentials: new RunnerCredentials({ ask } as unknown as Questions, {} as Sealer) };
}

describe('present credentials', () => {
  it('are taken as they are while most of their life is left', async () => {
    const fresh = answer({ refresh_after: at(60_000) });
    const { asked, credentials } = service(fresh, answer());
    expect(await credentials.present(ACCOUNT, 'connection:1')).toBe(fresh);
    expect(asked).toEqual([]);
  });

  it('are refreshed ahead when it is time', async () => {
    const { asked, credentials } = service(answer({ refresh_after: at(-1) }), answer({ version: 4 }));
    expect(await credentials.present(ACCOUNT, 'connection:1')).toMatchObject({ version: 4 });
    expect(asked).toEqual([{ account_id: ACCOUNT, connection_id: 'connection:1', stale_version: 3, reason: 'ahead' }]);
  });

  it.each([
    ['the owner must sign in again', 400, 'auth_invalid', false],
    ['the vendor is away', 502, 'auth_expired', true],
  ])('are not there where %s', async (_case, status, kind, retryable) => {
    const { credentials } = service(answer({ refresh_after: at(-1) }), new Problem(status, 'x', 'x'));
    await expect(credentials.present(ACCOUNT, 'connection:1')).rejects.toMatchObject({ kind, retryable });
  });

  it('of a connection that must be reconnected are not used', async () => {
    const { credentials } = service(answer({ status: 'error', status_reason: 'expired' }), answer());
    await expect(credentials.present(ACCOUNT, 'connection:1')).rejects.toMatchObject({ kind: 'auth_invalid' });
  });
});
