import { describe, expect, it, jest } from '@jest/globals';
import { contact, scriptedConnection } from '../testing/scripted-connection.js';
import { lost, ScriptedHttp, type Scripted } from '../testing/scripted-http.js';
import type { ConnectorCredentials } from './port.js';

const note = { title: 'T', body: 'B', type: 'Call', user_id: '1' };

describe('a call', () => {
  it('is signed, timed and told about', async () => {
    const { http, run, calls } = scriptedConnection([contact]);
    await run().getContact('7');

    expect(http.requests[0]).toMatchObject({
      method: 'GET',
      url: 'https://api.infusionsoft.com/crm/rest/v2/contacts/7',
      headers: { authorization: 'Bearer token-1', accept: 'application/json' },
      timeoutMs: 30_000,
    });
    expect(calls).toEqual([{ operation: 'getContact', target: 'contacts/7', status: 200, ms: expect.any(Number) }]);
  });

  it('encodes ids, so that none can lead to another path', async () => {
    const { http, run } = scriptedConnection([contact]);
    await run().getContact('../tags?x=1#');
    expect(http.requests[0]?.url).toBe('https://api.infusionsoft.com/crm/rest/v2/contacts/..%2Ftags%3Fx%3D1%23');
  });

  it.each(['', '.', '..', '\ud800'])('is not made for the id %j, which would lead elsewhere', async (id) => {
    const { http, run } = scriptedConnection([contact]);
    await expect(run().deleteContact(id)).rejects.toMatchObject({ kind: 'validation', outcome: 'not_sent' });
    expect(http.requests).toEqual([]);
  });

  it('fails before anything is sent when a credential is missing', () => {
    expect(() => scriptedConnection([], {}, { credentials: {} })).toThrow(
      expect.objectContaining({ kind: 'validation' }),
    );
  });

  it('does not exist for a platform without a connector', () => {
    expect(() => scriptedConnection([], {}, { platform: 'stripe' })).toThrow(
      expect.objectContaining({ kind: 'unsupported' }),
    );
  });
});

describe('repeating', () => {
  it.each([
    ['a read after a lost answer', [lost(true), contact], 2],
    ['a read after two server errors', [{ status: 502 }, { status: 500 }, contact], 3],
  ])('happens for %s', async (_name, script: Scripted[], times) => {
    const { http, run } = scriptedConnection(script);
    await run().getContact('7');
    expect(http.requests).toHaveLength(times);
  });

  it('ends after three tries', async () => {
    const { http, run } = scriptedConnection([{ status: 503 }]);
    await expect(run().getContact('7')).rejects.toMatchObject({ kind: 'server', status: 503, retryable: true });
    expect(http.requests).toHaveLength(3);
  });

  it.each([
    ['an answer lost after sending', [lost(true)], 1],
    ['a server error', [{ status: 500 }], 1],
    ['nothing sent', [lost(false), { status: 201, json: { id: '9' } }], 2],
    [
      'a rate limit',
      [
        { status: 429, headers: { 'retry-after': '0' } },
        { status: 201, json: { id: '9' } },
      ],
      2,
    ],
  ])('of what must not happen twice: %s', async (_name, script: Scripted[], times) => {
    const { http, run } = scriptedConnection(script);
    await Promise.allSettled([run().createNote?.('7', note)]);
    expect(http.requests).toHaveLength(times);
  });

  it.each([400, 403, 404, 409, 422, 501])('does not happen after a %d', async (status) => {
    const { http, run } = scriptedConnection([{ status }]);
    await expect(run().getContact('7')).rejects.toMatchObject({ status, retryable: false, outcome: 'refused' });
    expect(http.requests).toHaveLength(1);
  });

  it('ends with the run, also in a pause', async () => {
    const { run, http } = scriptedConnection([{ status: 429, headers: { 'retry-after': '2' } }]);
    const controller = new AbortController();
    const reading = run(controller.signal).getContact('7');
    setTimeout(() => controller.abort(), 10);
    await expect(reading).rejects.toMatchObject({ kind: 'aborted', outcome: 'not_sent' });
    expect(http.requests).toHaveLength(1);
  });
});

describe('expired tokens', () => {
  it('are refreshed once for all calls that are refused at the same time', async () => {
    const http = new ScriptedHttp([{ status: 401 }, { status: 401 }, { status: 401 }, contact]);
    const refreshCredentials = jest.fn(async (): Promise<ConnectorCredentials> => {
      await new Promise((resolve) => setImmediate(resolve));
      return { access_token: 'token-2' };
    });
    const { connection } = scriptedConnection([], { http, refreshCredentials });
    const crm = connection.connector();
    await Promise.all(['1', '2', '3'].map((id) => crm.getContact(id)));

    expect(refreshCredentials).toHaveBeenCalledTimes(1);
    const tokens = http.requests.map(({ headers }) => headers?.['authorization']);
    expect(tokens).toEqual([...Array<string>(3).fill('Bearer token-1'), ...Array<string>(3).fill('Bearer token-2')]);
  });

  it('are refreshed once; a second refusal is the end', async () => {
    const refreshCredentials = jest.fn(() => Promise.resolve({ access_token: 'token-2' }));
    const { run, http } = scriptedConnection([{ status: 401 }], { refreshCredentials });
    await expect(run().getContact('7')).rejects.toMatchObject({ kind: 'auth_invalid', retryable: false });
    expect([http.requests.length, refreshCredentials.mock.calls.length]).toEqual([2, 1]);
  });

  it('may be tried again when the refresh could not be made', async () => {
    const refreshCredentials = () => Promise.reject(new Error('broker away'));
    const { run } = scriptedConnection([{ status: 401 }], { refreshCredentials });
    await expect(run().getContact('7')).rejects.toMatchObject({ kind: 'auth_expired', retryable: true });
  });

  it('are repeated for what must not happen twice, because a refused call did nothing', async () => {
    const refreshCredentials = () => Promise.resolve({ access_token: 'token-2' });
    const { run, http } = scriptedConnection([{ status: 401 }, { status: 201, json: { id: '9' } }], {
      refreshCredentials,
    });
    expect(await run().createNote?.('7', note)).toEqual({ id: '9' });
    expect(http.requests).toHaveLength(2);
  });

  it('are not refreshed for keys, which do not expire', async () => {
    const refreshCredentials = jest.fn(() => Promise.resolve({ api_key: 'other' }));
    const { run } = scriptedConnection([{ status: 401 }], { refreshCredentials }, { credentials: { api_key: 'k' } });
    await expect(run().getContact('7')).rejects.toMatchObject({ kind: 'auth_invalid' });
    expect(refreshCredentials).not.toHaveBeenCalled();
  });
});

describe('the circuit', () => {
  it('opens after failures in a row, lets one call try, and closes again', async () => {
    const script: Scripted[] = [{ status: 500 }, { status: 500 }, { status: 500 }, { status: 404 }, contact];
    const { run, http } = scriptedConnection(script, { circuit: { threshold: 3, openMs: 30 } });
    await expect(run().getContact('7')).rejects.toMatchObject({ kind: 'server' });
    await expect(run().getContact('7')).rejects.toMatchObject({
      kind: 'circuit_open',
      retryable: true,
      outcome: 'not_sent',
      retryAfterMs: expect.any(Number),
    });
    expect(http.requests).toHaveLength(3);

    await new Promise((resolve) => setTimeout(resolve, 40));
    // A refusal is an answer: the vendor is back.
    await expect(run().getContact('7')).rejects.toMatchObject({ kind: 'not_found' });
    await run().getContact('7');
    expect(http.requests).toHaveLength(5);
  });

  it('is not opened by refusals', async () => {
    const { run } = scriptedConnection([{ status: 404 }], { circuit: { threshold: 2 } });
    for (let call = 0; call < 5; call += 1) {
      await expect(run().getContact('7')).rejects.toMatchObject({ kind: 'not_found' });
    }
  });
});

describe('errors', () => {
  it('show the vendor’s code word but never its text', async () => {
    const body = { code: 3, status: 'INVALID_ARGUMENT', message: 'ada@example.com is taken' };
    const { run } = scriptedConnection([{ status: 400, json: body }]);
    const error = await run()
      .getContact('7')
      .catch((thrown: unknown) => thrown as Error);
    expect(error).toMatchObject({
      kind: 'validation',
      message: 'Keap (Infusionsoft) API error (400): INVALID_ARGUMENT',
    });
    expect(JSON.stringify(error)).not.toContain('ada@example.com');
  });

  it('name what an answer lacks, not what it holds', async () => {
    const { run } = scriptedConnection([{ status: 200, json: { given_name: 'Ada', id: 7 } }]);
    await expect(run().getContact('7')).rejects.toMatchObject({
      kind: 'protocol',
      retryable: false,
      message: 'The answer of Keap (Infusionsoft) lacks what was expected at id',
    });
  });

  it('have a form for records', async () => {
    const { run } = scriptedConnection([{ status: 429, headers: { 'retry-after': '60' } }]);
    const error = await run()
      .getContact('7')
      .catch((thrown: unknown) => thrown);
    expect((error as { toRecord(): unknown }).toRecord()).toEqual({
      code: 'CONNECTOR_ERROR',
      message: 'Keap (Infusionsoft) API error (429)',
      status_code: 429,
      platform: 'keap',
      retryable: true,
      kind: 'rate_limited',
      retry_after_ms: 60_000,
    });
  });
});
