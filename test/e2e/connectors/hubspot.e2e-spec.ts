import { expect, it } from '@jest/globals';
import {
  authorizationUrl,
  exchangeCode,
  oauthClientOf,
  platformOf,
  refreshTokens,
  type CustomField,
  type FieldValue,
} from '#connectors';
import { GuardedHttpClient } from '#http';
import type { ContractSubject, VendorUnderTest } from './contract-subject.js';
import { vendorContract } from './vendor-contract.js';

const CONTACTS = '/hubspot/crm/v3/objects/contacts';
const ACTIVE_LIST = { id: '90001', name: 'Scores above 50' };
const LEGACY_ID_OF_TAG = '70199';

const NOW = '2026-01-01T00:00:00Z';
const field = (id: string, label: string): Pick<CustomField, 'id' | 'key' | 'label'> => ({ id, key: id, label });
const sort = (name: string, of: Pick<CustomField, 'id' | 'key' | 'label'>, values: [FieldValue, FieldValue]) => ({
  sort: name,
  field: of,
  values,
});

const hubspot: VendorUnderTest = {
  platform: 'hubspot',
  vendor: 'hubspot',
  documents: [{ file: 'hubspot/hubspot-subset.json', below: '/hubspot' }],
  keyCredentials: (key) => ({ api_key: key }),
  tokenCredentials: (token) => ({ access_token: token }),
  apiHeaders: (key) => ({ authorization: `Bearer ${key}` }),

  capabilities: ['contacts', 'tags', 'custom_fields', 'automations', 'deals'],
  optional: ['setOptInStatus', 'createNote', 'findNote', 'createTag', 'getRelated', 'getEmailStats', 'updateRelated'],

  tag: { id: '199', name: 'Tried the demo' },
  popularTag: { id: '103', name: 'VIP', seedId: '103' },
  listing: {
    largestPage: 100,
    largestTagPage: 100,
    total: false,
    offset: false,
    orders: ['id', 'email', 'first_name', 'last_name', 'created_at', 'updated_at'],
    filters: ['id', 'email', 'first_name', 'last_name', 'phone', 'company', 'city', 'state', 'zip', 'country'],
  },
  standardFields: {
    first_name: ['Ida', 'Jean'],
    last_name: ['Rhodes', 'Bartik'],
    email: ['ida.rhodes@example.com', 'jean.bartik@example.com'],
    phone: ['+15550177', '+15550178'],
    company: ['Bureau of Standards', 'Aberdeen Proving Ground'],
    job_title: ['Mathematician', 'Programmer'],
    website: ['https://ida.example', 'https://jean.example'],
    birthday: ['1900-05-15', '1924-12-27'],
    address1: ['1 Main Street', '2 High Street'],
    city: ['Rockville', 'Gentry'],
    state: ['Maryland', 'Missouri'],
    zip: ['20850', '64453'],
    country: ['USA', 'United Kingdom'],
  },
  customFields: [
    sort('text', field('nickname', 'Nickname'), ['Ada', 'Countess']),
    sort('choice', field('favorite_product', 'Favorite Product'), ['Workbook', 'Starter Course']),
    sort('list', field('interests', 'Interests'), [['Books', 'Coaching'], ['Workshops']]),
    sort('yes or no', field('newsletter', 'Newsletter'), [true, false]),
    sort('date', field('renewal_date', 'Renewal Date'), ['2026-03-01T00:00:00Z', '2027-12-31T00:00:00Z']),
    sort('instant', field('last_visit', 'Last Visit'), ['2026-03-01T10:30:00Z', '2026-04-01T00:00:00Z']),
    sort('whole number', field('score', 'Score'), [41, 42]),
    sort('decimal', field('lifetime_value', 'Lifetime Value'), [10.5, 0.1]),
    sort('long text', field('background', 'Background'), ['a\nb', 'Ünïcödé €']),
  ],
  sameAddress: 'conflict',

  automation: '302',
  mayMail: async (api, contactId) => {
    const contact = (await api('GET', `${CONTACTS}/${contactId}?properties=email`)) as {
      properties: { email: string };
    };
    const address = encodeURIComponent(contact.properties.email);
    const path = `/hubspot/communication-preferences/v4/statuses/${address}?channel=EMAIL`;
    const { results } = (await api('GET', path)) as { results: { status: string }[] };
    return results[0]?.status === 'SUBSCRIBED';
  },
  related: { lead: { amount: 'ProjectedRevenueHigh' } },
  stages: ['1', '2'],

  writes: {
    createContact: { method: 'POST', path: '/crm/v3/objects/contacts', repeatable: false },
    createNote: { method: 'POST', path: '/crm/v3/objects/notes', repeatable: false },
    triggerAutomation: { method: 'POST', path: '*/enrollments/contacts/*', repeatable: false },
  },
  insideSuccess: [
    {
      name: 'a contact that is missing from a list’s change',
      fault: {
        status: 200,
        body: { recordsIdsAdded: [], recordIdsRemoved: [], recordIdsMissing: ['1151'] },
        match: { path: '*/memberships/add' },
      },
      act: (crm, { tag, contact }) => crm.applyTag(contact(150), tag.id),
      kind: 'not_found',
    },
    {
      name: 'a batch that failed in part (207)',
      fault: {
        status: 207,
        body: {
          status: 'COMPLETE',
          results: [],
          numErrors: 1,
          errors: [{ status: 'error', category: 'MISSING_SCOPES', message: 'No' }],
          startedAt: NOW,
          completedAt: NOW,
        },
        match: { path: '*/batch/read' },
      },
      act: (crm, { popularTag }) => crm.getContacts({ tag_id: popularTag.id, limit: 2 }),
      kind: 'forbidden',
    },
    {
      name: 'an address that stays as it was',
      fault: {
        status: 200,
        body: { results: [{ channel: 'EMAIL', status: 'UNSUBSCRIBED', subscriptionId: 2001 }] },
        match: { method: 'POST', path: '*/statuses/*' },
      },
      act: async (crm, { contact }) => crm.setOptInStatus?.(contact(150), true, 'Asked for it'),
      kind: 'validation',
    },
  ],
  calls: {
    getContacts: 2,
    'getContacts, by e-mail': 2,
    'getContacts, of a tag': 4,
    'getContacts, ids of a tag': 2,
    getContact: 4,
    'getContact, again in the run': 0,
    createContact: 1,
    'createContact, with a custom field and two tags': 5,
    'updateContact, two names': 3,
    'updateContact, three fields': 3,
    'updateContact, three fields after a reading': 1,
    'updateContact, two custom fields after a reading, fields known': 1,
    deleteContact: 1,
    getTags: 1,
    applyTag: 2,
    'applyTag, tags known': 1,
    'removeTag, tags known': 1,
    getCustomFields: 1,
    'getContactFieldValue, three standard fields': 2,
    'getContactFieldValue, a custom field': 2,
    'setContactFieldValue, a name': 1,
    'setContactFieldValue, a custom field': 2,
    'setContactFieldValue, a custom field after a reading, fields known': 1,
    triggerAutomation: 2,
    testConnection: 1,
    setOptInStatus: 2,
    createNote: 1,
    findNote: 1,
    createTag: 2,
    'getRelated lead': 2,
    getEmailStats: 1,
    updateRelated: 1,
  },
  notes: {
    getContacts:
      'At most 100 a page; filters and orders go by a search that lags by seconds and shows 10,000 contacts at most.',
    createContact: 'A second contact of an address is refused and the first one named.',
    deleteContact: 'Archives; people can restore the contact for 90 days.',
    getTags: 'Static lists of contacts stand for tags; active lists can be read but not changed.',
    createTag: 'Makes a static list; descriptions and categories do not exist.',
    setContactFieldValue: 'Options by label or by value; the text `;value` adds to the options chosen.',
    triggerAutomation: 'Contact workflows by their number, for contacts with an address; never repeated.',
    setOptInStatus: 'Opting out ends all marketing mail; opting in goes by the default type of subscription.',
    createNote: 'Notes have no kinds; the title is the first line.',
    getRelated: 'Deals only, where the connection may read them.',
  },
};

interface Texts {
  properties: Record<string, string | null>;
}

vendorContract(hubspot, (subject) => {
  const propertiesOf = async (contactId: string, ...names: string[]): Promise<Texts['properties']> => {
    const answer = await subject().api('GET', `${CONTACTS}/${contactId}?properties=${names.join(',')}`);
    return (answer as Texts).properties;
  };

  it('stores every value as text, options by their values, and shows them by their labels', async () => {
    const { connect, contact } = subject();
    const custom_fields = {
      'Favorite Product': 'Starter Course',
      Interests: ['Books', 'Membership'],
      Newsletter: 'yes',
      Score: 12,
      'Renewal Date': '2027-01-31T00:00:00Z',
      'Last Visit': '2027-01-31T10:00:00+02:00',
    };
    const answered = await connect().crm.updateContact(contact(200), { custom_fields });
    expect(await propertiesOf(contact(200), ...Object.keys(STORED))).toMatchObject(STORED);
    expect(answered.custom_fields).toMatchObject({
      favorite_product: 'Starter Course',
      interests: ['Books', 'Membership'],
      newsletter: true,
      score: 12,
      renewal_date: '2027-01-31T00:00:00Z',
    });
  });

  it('takes the values of options, too, and adds to the options chosen', async () => {
    const { connect, contact } = subject();
    const { crm } = connect();
    await crm.setContactFieldValue(contact(201), 'interests', 'books;coaching');
    await crm.setContactFieldValue(contact(201), 'interests', ';Speaking');
    expect(await propertiesOf(contact(201), 'interests')).toMatchObject({ interests: 'books;coaching;speaking' });
    expect(await connect().crm.getContactFieldValue(contact(201), 'Interests')).toEqual([
      'Books',
      'Coaching',
      'Speaking',
    ]);
  });

  it('refuses an option, a date and a property that the vendor does not know, as validation', async () => {
    const { connect, contact } = subject();
    const { crm } = connect();
    for (const [name, value, code] of [
      ['Favorite Product', 'No such thing', 'INVALID_OPTION'],
      ['Renewal Date', 'tomorrow', 'INVALID_DATE'],
      ['nowhere_to_be_found', 'x', 'PROPERTY_DOESNT_EXIST'],
    ] as const) {
      const refusal = { kind: 'validation', status: 400, retryable: false, message: expect.stringContaining(code) };
      await expect(crm.setContactFieldValue(contact(202), name, value)).rejects.toMatchObject(refusal);
    }
  });

  it('reads and writes HubSpot’s own properties by their names, and refuses those that can only be read', async () => {
    const { connect, contact, sent } = subject();
    const { crm } = connect();
    await crm.setContactFieldValue(contact(203), 'lifecyclestage', 'Customer');
    expect(await connect().crm.getContactFieldValue(contact(203), 'lifecyclestage')).toBe('customer');
    expect(await connect().crm.getContactFieldValue(contact(203), 'hs_email_last_send_date')).toMatch(/Z$/);
    await crm.getContactFieldValue(contact(203), 'hs_email_last_open_date');
    const before = sent();
    for (const name of ['hs_email_last_open_date', 'createdate']) {
      const refusal = { kind: 'validation', outcome: 'not_sent' };
      await expect(crm.setContactFieldValue(contact(203), name, NOW)).rejects.toMatchObject(refusal);
    }
    expect(sent()).toBe(before);
  });

  it('hides active lists among tags, refuses to change them, and lists their contacts', async () => {
    const { connect, contact, effects } = subject();
    const { crm } = connect();
    expect((await crm.getTags()).map(({ id }) => id)).not.toContain(ACTIVE_LIST.id);
    const before = (await effects()).length;
    for (const named of [ACTIVE_LIST.id, ACTIVE_LIST.name]) {
      const refusal = { kind: 'validation', outcome: 'not_sent', message: expect.stringContaining('active list') };
      await expect(crm.applyTag(contact(204), named)).rejects.toMatchObject(refusal);
      await expect(crm.removeTag(contact(204), named)).rejects.toMatchObject(refusal);
      expect((await crm.getContacts({ tag_id: named, limit: 3 })).contacts).toHaveLength(3);
    }
    expect(await effects()).toHaveLength(before);
    await crm.setContactFieldValue(contact(204), 'Score', 90);
    const read = await connect().crm.getContact(contact(204));
    expect(read.tags?.map(({ id }) => id)).not.toContain(ACTIVE_LIST.id);
  });

  it('finds a list by the id that it had in the interface which was switched off, once for all runs', async () => {
    const { connect, contact, tag } = subject();
    const { crm, nextRun, calls } = connect();
    await crm.applyTag(contact(205), LEGACY_ID_OF_TAG);
    const once = calls.length;
    await nextRun().applyTag(contact(206), LEGACY_ID_OF_TAG);
    expect(calls).toHaveLength(once + 1);
    for (const id of [contact(205), contact(206)]) {
      expect((await connect().crm.getContact(id)).tags).toContainEqual(tag);
    }
  });

  it('lists the contacts of a tag in the order of tagging', async () => {
    const { connect } = subject();
    const { crm } = connect();
    const { contacts, next_cursor: cursor } = await crm.getContacts({ tag_id: 'Coaching', order_by: 'tagged_at' });
    // Seeded contacts got their tags when they came.
    const since = contacts.map(({ created_at: at }) => at ?? '');
    expect(since).toHaveLength(25);
    expect(since).toEqual(since.toSorted());
    const next = await crm.getContacts({ tag_id: 'Coaching', order_by: 'tagged_at', ...(cursor && { cursor }) });
    expect(next.contacts[0]?.created_at?.localeCompare(since.at(-1) ?? '')).toBeGreaterThanOrEqual(0);
  });

  it('looks for an address among the contacts of a tag', async () => {
    const { connect, contact } = subject();
    const { crm } = connect();
    await crm.createTag?.({ name: 'Of one' });
    await crm.applyTag(contact(207), 'Of one');
    const { email } = await crm.getContact(contact(207));
    const found = await crm.getContacts({ tag_id: 'Of one', email });
    expect(found.contacts.map(({ id }) => id)).toEqual([contact(207)]);
    expect((await crm.getContacts({ tag_id: 'VIP', email: 'nobody@example.com' })).contacts).toEqual([]);
  });

  it('tells the total of a search, and how far one reaches', async () => {
    const { connect, contact } = subject();
    const { crm } = connect();
    const { address } = await crm.getContact(contact(216));
    const { total, contacts } = await crm.getContacts({ filters: { city: address?.city ?? '' }, limit: 1 });
    expect(total).toBeGreaterThan(1);
    expect(contacts).toHaveLength(1);
    const tooMany = Object.fromEntries(
      ['first_name', 'last_name', 'phone', 'company', 'city', 'zip', 'state'].map((name) => [name, 'x']),
    );
    await expect(crm.getContacts({ filters: tooMany })).rejects.toMatchObject({
      kind: 'validation',
      outcome: 'not_sent',
    });
  });

  it('finds a contact by its address the moment it is made', async () => {
    const { crm } = subject().connect();
    const { id } = await crm.createContact({ first_name: 'Just', last_name: 'Made', email: 'Just.Made@example.com' });
    const { contacts } = await crm.getContacts({ email: 'just.made@EXAMPLE.com' });
    expect(contacts.map((contact) => contact.id)).toEqual([id]);
  });

  it('names the contact that is in the way of an address', async () => {
    const { connect, contact } = subject();
    const { crm } = connect();
    const { email } = await crm.getContact(contact(210));
    const refusal = { kind: 'conflict', existingId: contact(210), retryable: false };
    await expect(crm.setContactFieldValue(contact(211), 'email', email)).rejects.toMatchObject(refusal);
  });

  it('cannot enrol or subscribe a contact without an address', async () => {
    const { connect, contact, effects } = subject();
    await connect().crm.setContactFieldValue(contact(212), 'email', '');
    const before = (await effects()).length;
    const { crm } = connect();
    const refusal = { kind: 'validation', message: expect.stringContaining('address') };
    await expect(crm.triggerAutomation(contact(212), '302')).rejects.toMatchObject(refusal);
    await expect(crm.setOptInStatus?.(contact(212), true, '')).rejects.toMatchObject(refusal);
    expect(await effects()).toHaveLength(before);
  });

  it('keeps an address opted out whose owner unsubscribed', async () => {
    const { crm } = subject().connect();
    const email = 'gone+unsubscribed@example.com';
    const { id } = await crm.createContact({ first_name: 'Gone', last_name: 'Away', email });
    await expect(crm.setOptInStatus?.(id, true, 'Asked again')).rejects.toMatchObject({ kind: 'validation' });
  });

  it.each([
    ['TEN_SECONDLY_ROLLING', 10_000],
    ['DAILY', 3_600_000],
  ])('waits as long as the limit %s asks for when no header says it', async (policyName, wait) => {
    const { connect, contact, faults } = subject();
    const body = { status: 'error', message: 'No', errorType: 'RATE_LIMIT', policyName };
    await faults([{ id: 'limit', times: 1, status: 429, body }], true);
    const reading = connect().crm.getContact(contact(213));
    await expect(reading).rejects.toMatchObject({ kind: 'rate_limited', retryAfterMs: wait });
    await faults([]);
  });

  it('says which scope is missing as forbidden, not as a lost connection', async () => {
    const { connect, contact, faults } = subject();
    const body = { status: 'error', message: 'No', category: 'MISSING_SCOPES', correlationId: 'c' };
    await faults([{ id: 'scopes', times: 1, status: 403, body }], true);
    const asking = connect().crm.getRelated?.(contact(214), 'lead', { order: 'all' });
    const refusal = { kind: 'forbidden', message: expect.stringContaining('MISSING_SCOPES'), retryable: false };
    await expect(asking).rejects.toMatchObject(refusal);
    await faults([]);
  });

  it('signs in to a portal for half an hour, keeps its number, and refreshes', async () => {
    await signIn(subject());
  });
});

const STORED = {
  favorite_product: 'starter_course',
  interests: 'books;membership',
  newsletter: 'true',
  score: '12',
  renewal_date: '2027-01-31',
  last_visit: '2027-01-31T08:00:00.000Z',
};

async function signIn({ sandboxUrl, connect, expireTokens, contact }: ContractSubject): Promise<void> {
  const places = { sandboxUrl, crms: 'sandbox' } as const;
  const manifest = platformOf('hubspot', places);
  const client = oauthClientOf('hubspot', {}, places);
  if (manifest === undefined || client === undefined) throw new Error('HubSpot cannot be signed in to');
  const http = new GuardedHttpClient({ production: false, namedPrivateHosts: [new URL(sandboxUrl).host] });
  const redirectUri = 'http://127.0.0.1:9/callback';
  const url = authorizationUrl(manifest, client, { redirectUri, state: 's1' });
  expect(new URL(url).searchParams.get('scope')).toContain('crm.lists.write');
  expect(new URL(url).searchParams.get('optional_scope')).toContain('crm.objects.deals.read');
  const answer = await fetch(`${url}&auto=approve&user=portal`, { redirect: 'manual' });
  const code = new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? '';
  const tokens = await exchangeCode(manifest, client, { code, redirectUri }, { http });
  expect(tokens.accountId).toMatch(/^\d+$/);
  const minutes = ((tokens.expiresAt?.getTime() ?? 0) - Date.now()) / 60_000;
  expect(Math.round(minutes)).toBe(30);

  await expireTokens();
  const refresh = async () => {
    const fresh = await refreshTokens(manifest, client, tokens.refreshToken ?? '', { http });
    expect(fresh.refreshToken).toBe(tokens.refreshToken);
    expect(fresh.accountId).toBe(tokens.accountId);
    return { access_token: fresh.accessToken };
  };
  const { crm, calls } = connect({ credentials: { access_token: tokens.accessToken }, refresh });
  await crm.setContactFieldValue(contact(215), 'first_name', 'Signed');
  expect(calls.map(({ status }) => status)).toEqual([401, 200]);
  const unknown = refreshTokens(manifest, client, 'not-a-token', { http });
  await expect(unknown).rejects.toMatchObject({ kind: 'auth_invalid', retryable: false });
  await http.close();
}
