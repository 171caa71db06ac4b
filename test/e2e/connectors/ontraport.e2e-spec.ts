import { expect, it } from '@jest/globals';
import type { VendorApi, VendorUnderTest } from './contract-subject.js';
import { vendorContract } from './vendor-contract.js';

const V1 = '/ontraport/1';

interface Answer {
  data: Record<string, string>;
}

async function attributes(api: VendorApi, contactId: string): Promise<Record<string, string>> {
  return ((await api('GET', `${V1}/object?objectID=0&id=${contactId}`)) as Answer).data;
}

/** Success with a record, or with none of it. */
const answering = (method: string, path: string, data: unknown) => ({
  status: 200,
  match: { method, path },
  body: { code: 0, data, account_id: 50_001 },
});

const ontraport: VendorUnderTest = {
  platform: 'ontraport',
  vendor: 'ontraport',
  documents: [{ file: 'ontraport/ontraport-subset.json', below: V1 }],
  keyCredentials: (key) => ({ api_key: key, api_secret: '2_12345_demo' }),
  apiHeaders: (key) => ({ 'Api-Key': key, 'Api-Appid': '2_12345_demo' }),
  rateLimit: (seconds) => ({ headers: { 'X-Rate-Limit-Reset': String(seconds) } }),

  capabilities: ['contacts', 'tags', 'custom_fields', 'automations'],
  optional: ['setOptInStatus', 'createNote', 'findNote', 'createTag'],

  tag: { id: '199', name: 'Tried the demo' },
  popularTag: { id: '103', name: 'VIP', seedId: '103' },
  listing: {
    largestPage: 50,
    largestTagPage: 49,
    total: true,
    offset: true,
    orders: ['id', 'email', 'first_name', 'last_name', 'company', 'city', 'created_at', 'updated_at'],
    filters: [
      ...['id', 'email', 'first_name', 'last_name', 'phone', 'company'],
      ...['address1', 'city', 'state', 'zip', 'country'],
    ],
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
    country: ['United States', 'Germany'],
    address1: ['1 Main Street', '2 High Street'],
    address2: ['Flat 2', 'Rear building'],
    city: ['Rockville', 'Gentry'],
    state: ['Maryland', 'Nordrhein-Westfalen'],
    zip: ['20850', '64453'],
    sms_number: ['+15550188', '+15550189'],
    fax: ['+15550191', '+15550192'],
  },
  customFields: [
    { sort: 'text', field: { id: 'f1001', key: 'f1001', label: 'Nickname' }, values: ['Ada', 'Countess'] },
    {
      sort: 'choice',
      field: { id: 'f1013', key: 'f1013', label: 'Support Level' },
      values: ['Plus', 'Basic'],
    },
    {
      sort: 'list',
      field: { id: 'f1003', key: 'f1003', label: 'Interests' },
      values: [['Books', 'Coaching'], ['Workshops']],
    },
    { sort: 'yes or no', field: { id: 'f1004', key: 'f1004', label: 'Newsletter' }, values: [true, false] },
    {
      sort: 'date',
      field: { id: 'f1005', key: 'f1005', label: 'Renewal Date' },
      values: ['2026-03-01T00:00:00Z', '2027-12-31T00:00:00Z'],
    },
    {
      sort: 'instant',
      field: { id: 'f1006', key: 'f1006', label: 'Last Visit' },
      values: ['2026-03-01T10:30:00Z', '2026-04-01T00:00:00Z'],
    },
    { sort: 'whole number', field: { id: 'f1007', key: 'f1007', label: 'Score' }, values: [41, 42] },
    { sort: 'decimal', field: { id: 'f1008', key: 'f1008', label: 'Lifetime Value' }, values: [10.5, 0.1] },
    { sort: 'money', field: { id: 'f1011', key: 'f1011', label: 'Budget' }, values: [1999.95, 0] },
    { sort: 'long text', field: { id: 'f1009', key: 'f1009', label: 'Background' }, values: ['a\nb', 'Ünïcödé €'] },
    {
      sort: 'address of a page',
      field: { id: 'f1012', key: 'f1012', label: 'Referral Site' },
      values: ['https://a.example/?b=c', 'https://d.example'],
    },
  ],
  sameAddress: 'another',

  automation: '302',
  mayMail: async (api, contactId) => Number((await attributes(api, contactId))['bulk_mail']) > 0,
  related: {},

  writes: {
    createContact: { method: 'POST', path: '/objects', repeatable: false },
    createNote: { method: 'POST', path: '/objects', repeatable: false },
    triggerAutomation: { method: 'PUT', path: '/objects/subscribe', repeatable: true },
  },
  insideSuccess: [
    {
      name: 'a contact without members',
      fault: answering('GET', '/object', {}),
      act: (crm, { contact }) => crm.getContact(contact(150)),
      kind: 'not_found',
    },
    {
      name: 'a tag for a contact without members',
      fault: answering('GET', '/object', {}),
      act: (crm, { contact, tag }) => crm.applyTag(contact(150), tag.id),
      kind: 'not_found',
    },
    {
      name: 'consent that stays as it was',
      fault: answering('PUT', '/objects', { attrs: { id: '1151', dlm: '1790000000', bulk_mail: '-5' } }),
      act: async (crm, { contact }) => crm.setOptInStatus?.(contact(150), false, 'Asked for it'),
      kind: 'validation',
    },
  ],
  calls: {
    getContacts: 2,
    'getContacts, by e-mail': 2,
    'getContacts, of a tag': 5,
    'getContacts, ids of a tag': 4,
    getContact: 2,
    'getContact, again in the run': 0,
    createContact: 1,
    'createContact, with a custom field and two tags': 6,
    'updateContact, two names': 3,
    'updateContact, three fields': 3,
    'updateContact, three fields after a reading': 1,
    'updateContact, two custom fields after a reading, fields known': 1,
    deleteContact: 1,
    getTags: 3,
    applyTag: 5,
    'applyTag, tags known': 2,
    'removeTag, tags known': 1,
    getCustomFields: 1,
    'getContactFieldValue, three standard fields': 1,
    'getContactFieldValue, a custom field': 2,
    'setContactFieldValue, a name': 1,
    'setContactFieldValue, a custom field': 2,
    'setContactFieldValue, a custom field after a reading, fields known': 1,
    triggerAutomation: 3,
    testConnection: 1,
    setOptInStatus: 2,
    createNote: 2,
    findNote: 1,
    createTag: 2,
  },
  notes: {
    getContacts: 'Pages of 50; of a tag 49, without other filters or an order.',
    updateContact:
      'The answer holds what changed only: a contact that the run has not read is read once more, and the list of fields when the connection does not know it.',
    createContact: 'Never merges: a second contact of an address is another contact.',
    applyTag: 'Accepted for contacts that do not exist, so the contact is read first unless the run knows it.',
    removeTag: 'As with applyTag.',
    setContactFieldValue: 'Unknown fields are ignored by the vendor, so keys are held against its list of fields.',
    triggerAutomation: 'The automation is looked up once in a while, the contact unless the run knows it.',
    setOptInStatus: 'bulk_mail: bounced addresses and those under review cannot be opted in.',
    createNote: 'One text: the title stands before the body.',
    createTag: 'Without description and category.',
  },
};

vendorContract(ontraport, (subject) => {
  it('needs the app id beside the key', () => {
    const { connect } = subject();
    expect(() => connect({ credentials: { api_key: 'sandbox-demo-key' } })).toThrow('The connection lacks app_id');
  });

  it('is refused in a text that is no JSON, with the state of the limit beside it', async () => {
    const { sandboxUrl } = subject();
    const answer = await fetch(`${sandboxUrl}${V1}/Contacts/getInfo`, { headers: { 'Api-Key': 'sandbox-demo-key' } });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
    expect(answer.headers.get('x-rate-limit-reset')).toMatch(/^\d+$/);
    expect(await answer.text()).toBe('Your App ID and API Key do not authenticate.');
  });

  it('never names several contacts where one is meant, and never none', async () => {
    const { connect, tag, automation, sent } = subject();
    const before = sent();
    for (const id of ['', '0', '-1', '1201,1202', ' 1201', '1e3', 'all']) {
      const { crm } = connect();
      const refusal = { kind: 'validation', outcome: 'not_sent' };
      await expect(crm.deleteContact(id)).rejects.toMatchObject(refusal);
      await expect(crm.updateContact(id, { first_name: 'X' })).rejects.toMatchObject(refusal);
      await expect(crm.triggerAutomation(id, automation)).rejects.toMatchObject(refusal);
      await expect(crm.createNote?.(id, { title: 'T', body: 'B', type: 'general' })).rejects.toMatchObject(refusal);
    }
    expect(sent()).toBe(before);
    await expect(connect().crm.applyTag('1201,1202', tag.id)).rejects.toMatchObject({ kind: 'validation' });
  });

  it('says which address is not valid before the vendor forgets it', async () => {
    const { connect, contact, record } = subject();
    const { email } = await record(contact(210));
    const changing = connect().crm.updateContact(contact(210), { email: 'not an address' });
    await expect(changing).rejects.toMatchObject({ kind: 'validation', status: 422, outcome: 'refused' });
    expect(await record(contact(210))).toMatchObject({ email });
  });

  it.each([
    ['Score', 'many', 'a number'],
    ['Budget', '1,50', 'a number'],
    ['Renewal Date', 'next week', 'a date'],
    ['Last Visit', 'soon', 'a date'],
    ['Newsletter', 'perhaps', 'yes or no'],
    ['Support Level', 'Gold', 'Basic, Plus, Premium'],
    ['Interests', ['Books', 'Fishing'], 'Coaching, Workshops, Books'],
    ['birthday', 'in spring', 'a date'],
  ])('refuses for %s what the vendor would store as something else', async (label, value, hint) => {
    const { connect, contact, record } = subject();
    const before = await record(contact(211));
    const { crm, calls } = connect();
    const writing = crm.setContactFieldValue(contact(211), label, value);
    await expect(writing).rejects.toMatchObject({ kind: 'validation', outcome: 'not_sent' });
    await expect(writing).rejects.toThrow(hint);
    expect(calls.every(({ operation }) => operation === 'getCustomFields')).toBe(true);
    expect(await record(contact(211))).toEqual(before);
  });

  it.each(['id', 'dlm', 'unique_id', 'contact_cat', 'bulk_mail', 'updateCampaign'])(
    'does not write %s as if it were a field',
    async (key) => {
      const { connect, contact, sent } = subject();
      const before = sent();
      const writing = connect().crm.setContactFieldValue(contact(212), key, '1');
      await expect(writing).rejects.toMatchObject({ kind: 'validation', outcome: 'not_sent' });
      expect(sent()).toBe(before);
    },
  );

  it('takes options by their labels and by their ids, and shows labels', async () => {
    const { connect, contact, api } = subject();
    for (const written of ['premium', 'Premium', '3']) {
      await connect().crm.setContactFieldValue(contact(213), 'Support Level', written);
      expect((await attributes(api, contact(213)))['f1013']).toBe('3');
    }
    await connect().crm.setContactFieldValue(contact(213), 'Interests', 'books, Coaching');
    expect((await attributes(api, contact(213)))['f1003']).toBe('*/*3*/*1*/*');
    const { custom_fields: fields } = await connect().crm.getContact(contact(213));
    expect(fields).toMatchObject({ f1013: 'Premium', f1003: ['Books', 'Coaching'] });
  });

  it('stores days as midnight in UTC and instants as Unix seconds', async () => {
    const { connect, contact, api } = subject();
    const { crm } = connect();
    await crm.setContactFieldValue(contact(214), 'Renewal Date', '2027-01-31T22:15:00+05:00');
    await crm.setContactFieldValue(contact(214), 'Last Visit', '2027-01-31 22:15:00');
    await crm.setContactFieldValue(contact(214), 'birthday', '1969-12-31');
    expect(await attributes(api, contact(214))).toMatchObject({
      f1005: String(Date.UTC(2027, 0, 31) / 1000),
      f1006: String(Date.UTC(2027, 0, 31, 22, 15) / 1000),
      birthday: '-86400',
    });
  });

  it('takes a change from its modification, not from its last activity', async () => {
    const { connect, contact, api } = subject();
    const { crm } = connect();
    await crm.setContactFieldValue(contact(215), 'first_name', 'Modified');
    const { dlm, dla } = await attributes(api, contact(215));
    expect(dlm).not.toBe(dla);
    const { updated_at: updatedAt } = await connect().crm.getContact(contact(215));
    expect(updatedAt).toBe(new Date(Number(dlm) * 1000).toISOString());
  });

  it.each([
    ['bounced+bounced@example.com', 'bounced'],
    ['under.review+unsubscribed@example.com', 'under review'],
  ])('cannot lift what was found out about %s', async (email, reason) => {
    const { connect, effects } = subject();
    const { crm } = connect();
    const { id } = await crm.createContact({ first_name: 'No', last_name: 'Mail', email });
    const optingIn = connect().crm.setOptInStatus?.(id, true, 'Asked for it');
    await expect(optingIn).rejects.toMatchObject({ kind: 'validation', retryable: false });
    await expect(optingIn).rejects.toThrow(reason);
    await connect().crm.setOptInStatus?.(id, false, 'Asked for it');
    expect((await effects(id)).map(({ operation }) => operation)).toEqual(['CreateContact']);
  });

  it('leaves a confirmed consent alone', async () => {
    const { connect, contact, sent } = subject();
    const { crm } = connect();
    await crm.setOptInStatus?.(contact(216), true, 'Asked for it');
    const before = sent();
    await crm.setOptInStatus?.(contact(216), true, 'Asked again');
    expect(sent()).toBe(before);
  });

  it('filters by title, page and birthday, too', async () => {
    const { connect, contact } = subject();
    const wanted = { job_title: 'Cartographer', website: 'https://maps.example/?a=1&b=2', birthday: '1912-06-23' };
    for (const [key, value] of Object.entries(wanted)) {
      await connect().crm.setContactFieldValue(contact(217), key, value);
      const { contacts, total } = await connect().crm.getContacts({ filters: { [key]: value } });
      expect([key, contacts.map(({ id }) => id), total]).toEqual([key, [contact(217)], 1]);
    }
  });

  it('refuses to filter or to order the contacts of a tag', async () => {
    const { connect, popularTag } = subject();
    for (const more of [{ email: 'a@example.com' }, { filters: { city: 'Austin' } }, { order_by: 'email' }]) {
      const listing = connect().crm.getContacts({ tag_id: popularTag.id, ...more });
      await expect(listing).rejects.toMatchObject({ kind: 'validation', outcome: 'not_sent' });
    }
  });

  it('asks for ids alone when nothing else is wanted', async () => {
    const { connect } = subject();
    const { crm, calls } = connect();
    const { contacts } = await crm.getContacts({ limit: 50, ids_only: true });
    expect(contacts).toHaveLength(50);
    expect(contacts[0]).toMatchObject({ id: '1001', email: '', custom_fields: {} });
    expect(calls).toHaveLength(1);
  });
});
