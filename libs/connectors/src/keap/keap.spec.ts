import { describe, expect, it } from '@jest/globals';
import { openConnection } from '../create-connector.js';
import { ScriptedHttp, type Scripted } from '../testing/scripted-http.js';
import { normalizedContact } from './contact-mapper.js';
import { amountOf } from './money.js';
import { KeapContact } from './schemas.js';

function fixture(script: Scripted[]) {
  const http = new ScriptedHttp(script);
  const crm = openConnection({ platform: 'keap', credentials: { api_key: 'k' } }, { http, places: {} }).connector();
  return { http, crm };
}

const ok = (json: unknown): Scripted => ({ status: 200, json });

describe('a contact of Keap', () => {
  it('with nothing but an id is readable', () => {
    expect(normalizedContact(KeapContact.parse({ id: '1' }), 'keap')).toEqual({
      id: '1',
      source_id: '1',
      source_crm: 'keap',
      first_name: '',
      last_name: '',
      email: '',
      tags: [],
      custom_fields: {},
    });
  });

  it('has its address in the first slot that is filled, its ZIP code joined, its instants in UTC', () => {
    const contact = KeapContact.parse({
      id: '1',
      email_addresses: [{ field: 'EMAIL2', email: 'two@b.c' }],
      addresses: [{ field: 'BILLING', zip_code: '85001', zip_four: '1234', region_code: 'US-AZ' }],
      create_time: '2026-01-15T10:00:00.000+0200',
      update_time: 'never',
      custom_fields: [
        { id: '3', content: { odd: true } },
        { id: '4', content: [1, 2] },
        { id: '5', content: null },
      ],
    });
    expect(normalizedContact(contact, 'sandbox')).toMatchObject({
      email: 'two@b.c',
      address: { zip: '85001-1234', state: 'US-AZ' },
      created_at: '2026-01-15T08:00:00.000Z',
      custom_fields: { '3': '{"odd":true}', '4': ['1', '2'], '5': null },
      source_crm: 'sandbox',
    });
    expect(normalizedContact(contact, 'keap').updated_at).toBeUndefined();
  });
});

it.each([
  [{ amount: 3950, currency_code: 'USD' }, 39.5],
  [{ amount: 1, currency_code: 'EUR' }, 0.01],
  [{ amount: 500, currency_code: 'JPY' }, 500],
  [{ amount: 1234, currency_code: 'KWD' }, 1.234],
  [{ amount: 100 }, 1],
  [null, null],
  [{ currency_code: 'USD' }, null],
])('counts %j as %j', (money, amount) => {
  expect(amountOf(money)).toBe(amount);
});

describe('failures inside a success', () => {
  const tags = ok({ tags: [{ id: '5', name: 'T' }] });

  it.each([
    ['SUCCESS', undefined],
    ['Contact already has tag', undefined],
    ['CONTACT_DOES_NOT_EXIST', 'not_found'],
    ['FAILURE', 'validation'],
  ])('of a tag: %s', async (outcome, kind) => {
    const { crm } = fixture([tags, ok({ results: { '7': outcome } })]);
    const applying = crm.applyTag('7', 'T');
    if (kind === undefined) await applying;
    else await expect(applying).rejects.toMatchObject({ kind, outcome: 'refused' });
  });

  it.each([
    ['SUCCESS', undefined],
    ['ALREADY_IN_SEQUENCE', undefined],
    ['CONTACT_DOES_NOT_EXIST', 'not_found'],
    ['FAILED', 'validation'],
  ])('of an automation: %s', async (outcome, kind) => {
    const { crm, http } = fixture([ok({ add_to_sequence_results: { '7': outcome } })]);
    const adding = crm.triggerAutomation('7', '301:1');
    if (kind === undefined) await adding;
    else await expect(adding).rejects.toMatchObject({ kind });
    expect(http.requests[0]).toMatchObject({ json: { contact_ids: ['7'] } });
    expect(http.requests[0]?.url).toMatch(/\/campaigns\/301\/sequences\/1:addContacts$/);
  });

  it('of a goal', async () => {
    const { crm, http } = fixture([ok({ results: [{ success: false, message: 'no' }] })]);
    await expect(crm.achieveGoal('7', 'bought', '')).rejects.toMatchObject({ kind: 'validation' });
    expect(http.requests[0]?.json).toEqual({ contact_id: 7, integration: 'mfh', call_name: 'bought' });
  });

  it('of an opt-in that Keap left as it was', async () => {
    const contact = ok({ id: '7', email_addresses: [{ field: 'EMAIL1', email: 'a+b@c.d' }] });
    const { crm, http } = fixture([contact, ok({ opted_in: false, status: 'SPAM' })]);
    await expect(crm.setOptInStatus?.('7', true, 'asked')).rejects.toMatchObject({ kind: 'validation' });
    expect(http.requests[1]?.url).toMatch(/\/emailAddresses\/a%2Bb%40c\.d\/status$/);
    expect(http.requests[1]?.json).toEqual({ opted_in: true, reason: 'asked' });
  });
});

describe('automations', () => {
  it('with a single sequence need not name it', async () => {
    const { crm, http } = fixture([
      ok({ sequences: [{ id: '9' }] }),
      ok({ add_to_sequence_results: { '7': 'SUCCESS' } }),
    ]);
    await crm.triggerAutomation('7', '301');
    expect(http.requests[1]?.url).toMatch(/\/campaigns\/301\/sequences\/9:addContacts$/);
  });

  it('with several sequences must name one', async () => {
    const { crm, http } = fixture([ok({ sequences: [{ id: '1' }, { id: '2' }] })]);
    await expect(crm.triggerAutomation('7', '301')).rejects.toMatchObject({ kind: 'validation' });
    expect(http.requests).toHaveLength(1);
  });

  it('of the newer editor are found where the older has none', async () => {
    const { crm, http } = fixture([{ status: 404 }, ok({ add_to_automation_sequence_results: { '7': 'SUCCESS' } })]);
    await crm.triggerAutomation('7', '301:1');
    expect(http.requests[1]?.url).toMatch(/\/automations\/301\/sequences\/1:addContacts$/);
  });
});

describe('notes', () => {
  it('are written in the name of the connection’s user, asked for once', async () => {
    const { crm, http } = fixture([ok({ sub: '42' }), { status: 201, json: { id: '1' } }]);
    await crm.createNote?.('7', { title: 'T', body: 'B', type: 'general' });
    await crm.createNote?.('7', { title: 'T2', body: 'B', type: 'call' });
    expect(http.requests.map(({ json }) => json)).toEqual([
      undefined,
      { user_id: '42', title: 'T', text: 'B', type: 'Other' },
      { user_id: '42', title: 'T2', text: 'B', type: 'Call' },
    ]);
  });
});

describe('making a contact', () => {
  it('needs an address or a number', async () => {
    const { crm, http } = fixture([]);
    await expect(crm.createContact({ first_name: 'A', last_name: 'B', email: '' })).rejects.toMatchObject({
      kind: 'validation',
    });
    expect(http.requests).toEqual([]);
  });

  it('tells of the contact when its tag failed, so that it is not made twice', async () => {
    const { crm } = fixture([
      ok({ tags: [{ id: '5', name: 'T' }] }),
      { status: 201, json: { id: '70' } },
      { status: 403 },
    ]);
    await expect(
      crm.createContact({ first_name: 'A', last_name: 'B', email: 'a@b.c', tags: ['T'] }),
    ).rejects.toMatchObject({
      kind: 'forbidden',
      outcome: 'unknown',
      existingId: '70',
    });
  });
});

describe('writing', () => {
  it('a property needs no read; a second list in the same run needs none again', async () => {
    const contact = ok({ id: '7', custom_fields: [{ id: '1', content: 'x' }] });
    const model = ok({
      custom_fields: [
        { id: '1', label: 'One', field_type: 'TEXT' },
        { id: '2', label: 'Two', field_type: 'TEXT' },
      ],
    });
    const { crm, http } = fixture([contact, model, contact]);
    await crm.setContactFieldValue('7', 'first_name', 'Ada');
    expect(http.requests.map(({ method }) => method)).toEqual(['PATCH']);
    expect(http.requests[0]?.query).toMatchObject({ update_mask: 'given_name' });
    await crm.setContactFieldValue('7', 'One', 'y');
    await crm.setContactFieldValue('7', 'Two', 'z');
    expect(http.requests.map(({ method }) => method)).toEqual(['PATCH', 'GET', 'PATCH', 'PATCH']);
  });

  it('refuses what can only be read', async () => {
    const { crm, http } = fixture([ok({ custom_fields: [] })]);
    await expect(crm.setContactFieldValue('7', 'create_time', 'now')).rejects.toMatchObject({ kind: 'validation' });
    expect(http.requests).toEqual([]);
  });
});

describe('the contacts of a tag', () => {
  it('come in the order of tagging, and by id alone when nothing else is asked for', async () => {
    const tags = ok({ tags: [{ id: '7', name: 'VIP' }] });
    const { http, crm } = fixture([tags, ok({ contacts: [{ id: '5' }, { id: '3' }] })]);
    const { contacts } = await crm.getContacts({ tag_id: 'vip', order_by: 'tagged_at', ids_only: true });
    expect(contacts.map(({ id }) => id)).toEqual(['5', '3']);
    expect(http.requests).toHaveLength(2);
    expect(http.requests[1]?.query).toMatchObject({ order_by: 'applied_time asc' });
  });
});

it('tells what became of e-mails, without what did not happen', async () => {
  const emails = [
    { sent_time: '2026-01-01T10:00:00Z', opened_time: '2026-01-01T11:00:00Z', clicked_time: null },
    { sent_time: '2026-01-02T10:00:00Z', opened_time: '' },
  ];
  const { crm, http } = fixture([ok({ emails })]);
  expect(await crm.getEmailHistory?.('7', new Date('2025-12-01T00:00:00Z'))).toEqual([
    { sent_at: '2026-01-01T10:00:00Z', opened_at: '2026-01-01T11:00:00Z' },
    { sent_at: '2026-01-02T10:00:00Z' },
  ]);
  expect(http.requests[0]?.query).toMatchObject({
    filter: 'contact_id==7;start_created_time==2025-12-01T00:00:00.000Z',
  });
});
