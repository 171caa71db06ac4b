import { describe, expect, it } from '@jest/globals';
import { ok, refused, SCRIPTED_BASE, scriptedActiveCampaign, whole } from '../testing/scripted-activecampaign.js';
import { lost, type Scripted } from '../testing/scripted-http.js';

const unauthorized: Scripted = { status: 403, json: { message: 'No' } };

describe('a request', () => {
  it('goes to the account’s own address with the key in the vendor’s header', async () => {
    const { crm, http } = scriptedActiveCampaign([ok({ user: { id: '1' } })]);
    await crm.testConnection();
    expect(http.requests[0]).toMatchObject({
      method: 'GET',
      url: `${SCRIPTED_BASE}/users/me`,
      headers: { 'api-token': 'k' },
    });
    expect(crm.getMetadata().base_url).toBe(SCRIPTED_BASE);
  });

  it.each(['http://acme.api-us1.com', 'https://acme.api-us1.com/admin', 'http://127.0.0.1:8090/activecampaign'])(
    'is never made to %s',
    (address) => {
      expect(() => scriptedActiveCampaign([], address)).toThrow(/URL must be/);
    },
  );

  it.each([
    [refused(422, { code: 'field_invalid', pointer: '/data/attributes/email' }), 'validation', 'field_invalid (email)'],
    [refused(422, { code: 'duplicate' }), 'conflict', 'duplicate'],
    [{ status: 404, json: { message: 'No Result found for Subscriber with id 1' } }, 'not_found', '(404)'],
    [refused(404, { code: 'ada@b.c' }), 'not_found', '(404)'],
    [{ status: 404, text: '<html>' }, 'not_found', '(404)'],
    [{ status: 501 }, 'unsupported', '(501)'],
  ])('that is refused with %j is an error of the kind %s, and says nothing of persons', async (answer, kind, words) => {
    const { crm, http } = scriptedActiveCampaign([answer]);
    const failure: unknown = await crm.testConnection().catch((error: unknown) => error);
    expect(failure).toMatchObject({ kind, message: expect.stringContaining(words) });
    expect(String(failure)).not.toContain('ada@b.c');
    expect(http.requests).toHaveLength(1);
  });

  it('is made again after a 503 when it may be, and is not when it may not', async () => {
    const load: Scripted = { status: 503, headers: { 'retry-after': '0' } };
    const reading = scriptedActiveCampaign([load, whole()]);
    await reading.crm.getContact('7');
    expect(reading.http.requests).toHaveLength(2);

    const writing = scriptedActiveCampaign([load, { status: 201, json: { note: { id: '1' } } }]);
    const note = { title: 'T', body: 'B', type: 'general' };
    await expect(writing.crm.createNote?.('7', note)).rejects.toMatchObject({
      kind: 'rate_limited',
      outcome: 'unknown',
    });
    expect(writing.http.requests).toHaveLength(1);
  });
});

describe('a 403', () => {
  it('ends the connection when the key is refused for everything', async () => {
    const { crm, asked } = scriptedActiveCampaign([unauthorized, unauthorized]);
    await expect(crm.getContact('7')).rejects.toMatchObject({ kind: 'auth_invalid', operation: 'getContact' });
    expect(asked()).toEqual(['GET /contacts/7', 'GET /users/me']);
  });

  it('is a lacking permission when the key works otherwise', async () => {
    const { crm } = scriptedActiveCampaign([unauthorized, ok({ user: { id: '1' } })]);
    await expect(crm.getContact('7')).rejects.toMatchObject({ kind: 'forbidden' });
  });

  it('is a lacking permission, too, when nothing could be found out about the key', async () => {
    const { crm } = scriptedActiveCampaign([unauthorized, lost(true)]);
    await expect(crm.getContact('7')).rejects.toMatchObject({ kind: 'forbidden', outcome: 'refused' });
  });
});
