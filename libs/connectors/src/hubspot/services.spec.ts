import { describe, expect, it } from '@jest/globals';
import { scriptedConnection } from '../testing/scripted-connection.js';
import type { Scripted } from '../testing/scripted-http.js';

const ok = (json: unknown, status = 200): Scripted => ({ status, json });
const contact = (id: string, properties: Record<string, string | null> = {}) => ({ id, properties });
const list = (listId: string, name: string, processingType = 'MANUAL') => ({ listId, name, processingType });
const lists = (...all: ReturnType<typeof list>[]) => ok({ lists: all, hasMore: false, offset: all.length });

function fixture(...script: Scripted[]) {
  const { http, run } = scriptedConnection(script, {}, { platform: 'hubspot', credentials: { access_token: 't' } });
  const paths = () => http.requests.map(({ method, url }) => `${method} ${new URL(url).pathname}`);
  return { http, crm: run(), run, paths };
}

describe('lists', () => {
  it('are read to the last page, and a loop of pages ends', async () => {
    const page = (offset: number, hasMore: boolean) => ok({ lists: [list(`${offset}`, 'x')], hasMore, offset });
    const { crm, http } = fixture(page(500, true), page(1000, true), page(1000, true));
    expect((await crm.getTags()).map(({ id }) => id)).toEqual(['500', '1000', '1000']);
    expect(http.requests.map(({ json }) => (json as { offset: number }).offset)).toEqual([0, 500, 1000]);
  });

  it('of the same name as an active one are not made', async () => {
    const { crm, http } = fixture(lists(list('9', 'Hot leads', 'DYNAMIC')));
    await expect(crm.createTag?.({ name: 'hot LEADS' })).rejects.toMatchObject({ kind: 'validation' });
    expect(http.requests).toHaveLength(1);
  });

  it('that an old id leads to are active ones, too', async () => {
    const active = lists(list('9', 'Hot leads', 'DYNAMIC'));
    const { crm } = fixture(active, ok({ listId: '9', legacyListId: '3' }));
    await expect(crm.applyTag('7', '3')).rejects.toMatchObject({ kind: 'validation', outcome: 'not_sent' });
  });
});

describe('subscriptions', () => {
  const type = (id: number, more: object = {}) => ({ id: String(id), isActive: true, purpose: 'Marketing', ...more });
  const address = ok(contact('7', { email: 'a+b@c.d' }));

  it.each([
    ['the default one', [type(1), type(2, { isDefault: true })], 2],
    ['the oldest, where none is the default', [type(12), type(9)], 9],
    ['one that is turned on', [type(1, { isActive: false }), type(2)], 2],
    ['one for marketing', [type(1, { purpose: 'Sales' }), type(2)], 2],
    ['one that is no correspondence', [type(1, { communicationMethod: 'One to One' }), type(2)], 2],
    [
      'one of the portal’s, where none says what it is for',
      [type(1, { purpose: '', isInternal: true }), type(2, { purpose: '' })],
      2,
    ],
  ])('are opted in to by %s', async (_name, results, id) => {
    const { crm, http } = fixture(address, ok({ results }), ok({ results: [{ status: 'SUBSCRIBED' }] }));
    await crm.setOptInStatus?.('7', true, '');
    expect(http.requests[2]?.url).toMatch(/\/statuses\/a%2Bb%40c\.d$/);
    expect(http.requests[2]?.json).toMatchObject({ subscriptionId: id, legalBasisExplanation: 'Not stated' });
  });

  it.each([
    [false, [ok({ status: 'COMPLETE', results: [], numErrors: 1 })]],
    [true, [ok({ results: [type(1)] }), ok({ results: [], numErrors: 1 })]],
    [true, [ok({ results: [type(1)] }), ok({ results: [{ status: 'UNSUBSCRIBED' }] })]],
  ])('that stay as they were are told, opting in: %s', async (optIn, answers) => {
    const { crm } = fixture(address, ...answers);
    const refusal = { kind: 'validation', outcome: 'refused' };
    await expect(crm.setOptInStatus?.('7', optIn, 'Asked')).rejects.toMatchObject(refusal);
  });

  it('cannot be opted in to where the portal has none', async () => {
    const { crm } = fixture(address, ok({ results: [type(1, { purpose: 'Sales' })] }));
    const refusal = { kind: 'validation', message: expect.stringContaining('subscription type') };
    await expect(crm.setOptInStatus?.('7', true, 'Asked')).rejects.toMatchObject(refusal);
  });
});

describe('notes', () => {
  it('are known again in the vendor’s own HTML', async () => {
    const body = '<div dir="auto"><p><strong>T &amp; x</strong><br/>a &lt; b<br>c</p></div>';
    const note = { ...contact('900', { hs_note_body: body }), createdAt: '2026-01-15T00:00:01Z' };
    const { crm, paths } = fixture(ok({ results: [{ toObjectId: 900 }] }), ok({ results: [note] }));
    const wanted = { title: 'T & x', body: 'a < b\nc', type: 'general' };
    expect(await crm.findNote?.('7', wanted, new Date('2026-01-15T00:00:03Z'))).toEqual({ id: '900' });
    expect(paths()).toEqual([
      'GET /crm/v4/objects/contacts/7/associations/notes',
      'POST /crm/v3/objects/notes/batch/read',
    ]);
  });

  it('say nothing that HTML would read as a sign, and who wrote them', async () => {
    const { crm, http } = fixture(ok(contact('900'), 201));
    await crm.createNote?.('7', { title: '', body: '<b> & "x"\nnext', type: 'Call', user_id: '42' });
    expect(http.requests[0]?.json).toMatchObject({
      properties: {
        hs_note_body: '&lt;b&gt; &amp; &quot;x&quot;<br>next',
        hubspot_owner_id: '42',
        hs_timestamp: '2026-01-15T00:00:00.000Z',
      },
    });
  });
});

describe('refusals', () => {
  const refusing = (scripted: Scripted) => fixture(scripted).crm.deleteContact('7');

  it.each([
    [{ status: 423 }, 'rate_limited', 2_000],
    [
      { status: 429, json: { policyName: 'SECONDLY', message: 'no' }, headers: { 'retry-after': '7' } },
      'rate_limited',
      7_000,
    ],
    [{ status: 429, text: '<html>' }, 'rate_limited', 10_000],
    [{ status: 477, headers: { 'retry-after': '3600' } }, 'rate_limited', 3_600_000],
    [{ status: 400, json: { message: 'gone', category: 'OBJECT_NOT_FOUND' } }, 'not_found', undefined],
    [{ status: 400, json: { message: 'no', errors: 'odd' } }, 'validation', undefined],
    [{ status: 403, json: { message: 'no', category: 'MISSING_SCOPES' } }, 'forbidden', undefined],
    [{ status: 304 }, 'protocol', undefined],
  ] satisfies [Scripted, string, number | undefined][])('%j is %s', async (scripted, kind, retryAfterMs) => {
    await expect(refusing(scripted)).rejects.toMatchObject({ kind, retryAfterMs });
  });

  it.each([
    { errors: [{ code: 'INVALID_EMAIL' }], message: 'Email ada@example.com is invalid' },
    { message: 'Values were not valid: [{"isValid":false,"message":"ada@example.com","error":"INVALID_EMAIL"}]' },
  ])('show codes of the vendor’s, never its sentences', async (body) => {
    const refused = refusing(ok({ ...body, category: 'VALIDATION_ERROR' }, 400));
    const error: unknown = await refused.catch((thrown: unknown) => thrown);
    expect(String(error)).toContain('INVALID_EMAIL');
    expect(String(error)).not.toContain('ada@');
  });
});
