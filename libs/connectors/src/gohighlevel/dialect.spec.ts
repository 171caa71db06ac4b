import { describe, expect, it, jest } from '@jest/globals';
import { refused, scriptedGohighlevel } from '../testing/scripted-gohighlevel.js';

describe('a refusal', () => {
  it.each([
    [400, { message: 'Contact with id c1 not found' }, { kind: 'not_found' }],
    [400, { message: 'Contact not found' }, { kind: 'not_found' }],
    [404, {}, { kind: 'not_found' }],
    [
      400,
      {
        message: 'This location does not allow duplicated contacts.',
        meta: { contactId: 'c9', matchingField: 'email' },
      },
      { kind: 'conflict', existingId: 'c9' },
    ],
    [400, { message: 'This location does not allow duplicated contacts.', meta: 'odd' }, { kind: 'conflict' }],
    [400, { message: 'ada@example.com is odd' }, { kind: 'validation', message: 'GoHighLevel API error (400)' }],
    [403, { message: 'The token does not have access to this location.' }, { kind: 'forbidden' }],
    [
      422,
      { message: ['property gender should not exist', 'second'] },
      { kind: 'validation', message: 'GoHighLevel API error (422): property gender should not exist' },
    ],
    [422, { message: ['email ada@example.com is taken'] }, { message: 'GoHighLevel API error (422)' }],
  ])('of %i %j', async (status, body, expected) => {
    const { crm } = scriptedGohighlevel([refused(status, body)]);
    await expect(crm.getContact('c1')).rejects.toMatchObject({ ...expected, status, retryable: false });
  });

  it('for a missing scope spares the refresh and the connection', async () => {
    const refresh = jest.fn(() => Promise.resolve({ access_token: 'newer' }));
    const { crm, http } = scriptedGohighlevel(
      [refused(401, { message: 'The token is not authorized for this scope.' })],
      refresh,
    );
    await expect(crm.getTags()).rejects.toMatchObject({ kind: 'forbidden', status: 401, retryable: false });
    expect(refresh).not.toHaveBeenCalled();
    expect(http.requests).toHaveLength(1);
  });

  it.each([
    [{ 'x-ratelimit-interval-milliseconds': '8000' }, 8_000],
    [{}, 10_000],
    [{ 'retry-after': '30' }, 30_000],
  ])('for too many calls, with %j, asks for %i ms', async (headers, ms) => {
    const { crm } = scriptedGohighlevel([refused(429, {}, headers)]);
    const failure: unknown = await crm.getContact('c1').catch((error: unknown) => error);
    expect(failure).toMatchObject({ kind: 'rate_limited', retryable: true });
    expect(Math.abs((failure as { retryAfterMs: number }).retryAfterMs - ms)).toBeLessThan(100);
  });

  it('for a day that is used up asks for the rest of it', async () => {
    const { crm } = scriptedGohighlevel([refused(429, {}, { 'x-ratelimit-daily-remaining': '0' })]);
    const failure: unknown = await crm.getContact('c1').catch((error: unknown) => error);
    const { retryAfterMs } = failure as { retryAfterMs: number };
    expect(new Date(Date.now() + retryAfterMs + 1_000).toISOString()).toContain('T00:00:0');
  });
});
