import { expect, it } from '@jest/globals';
import type { VendorUnderTest } from './contract-subject.js';
import { vendorContract } from './vendor-contract.js';

const V3 = '/activecampaign/api/3';

const activecampaign: VendorUnderTest = {
  platform: 'activecampaign',
  vendor: 'activecampaign',
  documents: [{ file: 'activecampaign/activecampaign-subset.json', below: V3 }],
  keyCredentials: (key, sandboxUrl) => ({ api_key: key, base_url: `${sandboxUrl}/activecampaign` }),
  apiHeaders: (key) => ({ 'api-token': key }),
  refusedKeyStatus: 403,

  capabilities: ['contacts', 'tags', 'custom_fields', 'automations', 'deals'],
  optional: ['setOptInStatus', 'createNote', 'findNote', 'hasTriggered', 'createTag', 'getRelated', 'updateRelated'],

  tag: { id: '199', name: 'Tried the demo' },
  popularTag: { id: '103', name: 'VIP', seedId: '103' },
  listing: {
    largestPage: 100,
    largestTagPage: 100,
    total: true,
    offset: true,
    orders: ['id', 'email', 'created_at'],
    filters: ['id', 'email', 'phone'],
  },
  standardFields: {
    first_name: ['Ida', 'Jean'],
    last_name: ['Rhodes', 'Bartik'],
    email: ['ida.rhodes@example.com', 'jean.bartik@example.com'],
    phone: ['+15550177', '+15550178'],
    company: ['Bureau of Standards', 'Aberdeen Proving Ground'],
    job_title: ['Mathematician', 'Programmer'],
  },
  customFields: [
    { sort: 'text', field: { id: '1', key: 'NICKNAME', label: 'Nickname' }, values: ['Ada', 'Countess'] },
    {
      sort: 'choice',
      field: { id: '2', key: 'FAVORITEPRODUCT', label: 'Favorite Product' },
      values: ['Workbook', 'Starter Course'],
    },
    {
      sort: 'list',
      field: { id: '3', key: 'INTERESTS', label: 'Interests' },
      values: [['Books', 'Coaching'], ['Workshops']],
    },
    { sort: 'yes or no', field: { id: '4', key: 'NEWSLETTER', label: 'Newsletter' }, values: ['Yes', 'No'] },
    {
      sort: 'date',
      field: { id: '5', key: 'RENEWALDATE', label: 'Renewal Date' },
      values: ['2026-03-01T00:00:00Z', '2027-12-31T00:00:00Z'],
    },
    {
      sort: 'instant',
      field: { id: '6', key: 'LASTVISIT', label: 'Last Visit' },
      values: ['2026-03-01T10:30:00Z', '2026-04-01T00:00:00Z'],
    },
    { sort: 'whole number', field: { id: '7', key: 'SCORE', label: 'Score' }, values: ['41', '42'] },
    { sort: 'decimal', field: { id: '8', key: 'LIFETIMEVALUE', label: 'Lifetime Value' }, values: ['10.5', '0.1'] },
    { sort: 'long text', field: { id: '9', key: 'BACKGROUND', label: 'Background' }, values: ['a\nb', 'Ünïcödé €'] },
  ],
  sameAddress: 'conflict',

  automation: '302',
  mayMail: async (api, contactId) => {
    const { contactLists } = (await api('GET', `${V3}/contacts/${contactId}`)) as {
      contactLists: { status: string }[];
    };
    return contactLists.some(({ status }) => status === '1');
  },
  related: { lead: { amount: 'ProjectedRevenueHigh' } },
  stages: ['1', '2'],

  writes: {
    createContact: { method: 'POST', path: '/contacts', repeatable: false },
    createNote: { method: 'POST', path: '/notes', repeatable: false },
    triggerAutomation: { method: 'POST', path: '/contactAutomations', repeatable: false },
  },
  insideSuccess: [
    {
      name: 'a subscription that stays as it was',
      fault: {
        status: 200,
        body: { contacts: [], contactList: { contact: '1151', list: '1', status: '1' } },
        match: { path: '/contactLists' },
      },
      act: async (crm, { contact }) => crm.setOptInStatus?.(contact(150), false, 'Asked for it'),
      kind: 'validation',
    },
  ],
  calls: {
    getContacts: 1,
    'getContacts, by e-mail': 1,
    'getContacts, of a tag': 3,
    'getContacts, ids of a tag': 3,
    getContact: 1,
    'getContact, again in the run': 0,
    createContact: 1,
    'createContact, with a custom field and two tags': 6,
    'updateContact, two names': 1,
    'updateContact, three fields': 1,
    'updateContact, three fields after a reading': 1,
    'updateContact, two custom fields after a reading, fields known': 1,
    deleteContact: 1,
    getTags: 2,
    applyTag: 3,
    'applyTag, tags known': 1,
    'removeTag, tags known': 2,
    getCustomFields: 1,
    'getContactFieldValue, three standard fields': 1,
    'getContactFieldValue, a custom field': 2,
    'setContactFieldValue, a name': 1,
    'setContactFieldValue, a custom field': 2,
    'setContactFieldValue, a custom field after a reading, fields known': 1,
    triggerAutomation: 1,
    hasTriggered: 1,
    testConnection: 1,
    setOptInStatus: 2,
    createNote: 1,
    findNote: 1,
    createTag: 2,
    'getRelated lead': 1,
    updateRelated: 1,
  },
  notes: {
    getContacts: 'by e-mail, phone or id; orders other than by id are walked by offset',
    createContact: 'a contact needs an e-mail address; one that is taken is a conflict with the id of its contact',
    updateContact: 'company and job title are the association with an account and requests of their own',
    setContactFieldValue: 'every value is a text; there are no fields for numbers or for yes and no',
    triggerAutomation: 'every call enters the automation again where that is allowed',
    achieveGoal: 'goals can be read but not achieved from outside',
    setOptInStatus: 'out of every list; into lists that were left when the contact is on none, and only with a reason',
    createNote: 'title and text become one text; there are no kinds',
    createTag: 'tags have no categories',
    'getRelated lead': 'deals, in hundredths of their currency',
  },
};

vendorContract(activecampaign, (subject) => {
  it('says of a key that was taken back that it is refused, whatever was asked', async () => {
    const { connect, keyCredentials, sandboxUrl, contact } = subject();
    const { crm, calls } = connect({ credentials: keyCredentials('taken-back', sandboxUrl) });
    await expect(crm.getContact(contact(200))).rejects.toMatchObject({
      kind: 'auth_invalid',
      operation: 'getContact',
      status: 403,
    });
    expect(calls).toHaveLength(2);
  });

  it('says of something that the key’s user may not do that it is forbidden', async () => {
    const { connect, contact, faults } = subject();
    await faults(
      [{ id: 'denied', match: { path: '/contacts/*' }, status: 403, body: { message: 'Not for you' } }],
      true,
    );
    await expect(connect().crm.getContact(contact(201))).rejects.toMatchObject({
      kind: 'forbidden',
      outcome: 'refused',
    });
    await faults([]);
  });

  it('waits out a limiter that answers 503, and does not take it for a broken server', async () => {
    const { connect, contact, faults } = subject();
    await faults([{ id: 'load', times: 1, status: 503, headers: { 'retry-after': '1' } }]);
    const { crm, calls, waits } = connect();
    await crm.getContact(contact(202));
    expect(calls.map(({ status }) => status)).toEqual([503, 200]);
    expect(waits).toEqual([{ reason: 'rate_limit', until: expect.any(Date) }]);
    await faults([]);
  });

  it('says that an automation did not take a contact', async () => {
    const { connect, contact } = subject();
    const { crm, calls } = connect();
    await expect(crm.triggerAutomation(contact(203), '304')).rejects.toMatchObject({
      kind: 'validation',
      status: 403,
      message: expect.stringContaining('did not take the contact'),
    });
    expect(calls).toHaveLength(1);
  });

  it('enters an automation again with every call', async () => {
    const { connect, contact, automation, effects } = subject();
    await connect().crm.triggerAutomation(contact(204), automation);
    await connect().crm.triggerAutomation(contact(204), automation);
    expect(await effects(contact(204))).toHaveLength(2);
  });

  it('subscribes again whoever left, on every list, and only with a reason', async () => {
    const { connect, contact, api } = subject();
    const id = contact(205);
    await api('POST', `${V3}/contactLists`, { contactList: { list: '2', contact: id, status: '1' } });
    const statuses = async () => {
      const { contactLists } = (await api('GET', `${V3}/contacts/${id}`)) as { contactLists: { status: string }[] };
      return contactLists.map(({ status }) => status);
    };
    await connect().crm.setOptInStatus?.(id, false, '');
    expect(await statuses()).toEqual(['2', '2']);
    await expect(connect().crm.setOptInStatus?.(id, true, ' ')).rejects.toMatchObject({ kind: 'validation' });
    expect(await statuses()).toEqual(['2', '2']);
    await connect().crm.setOptInStatus?.(id, true, 'Signed a form');
    expect(await statuses()).toEqual(['1', '1']);
    const { crm, calls } = connect();
    await crm.setOptInStatus?.(id, true, 'Signed a form');
    expect(calls).toHaveLength(1);
  });

  it('does not subscribe an address again that mail bounced from', async () => {
    const { connect } = subject();
    const { crm, nextRun } = connect();
    const person = { first_name: 'Has', last_name: 'Bounced', email: 'has+bounced@example.com' };
    const { id } = await crm.createContact(person);
    await expect(nextRun().setOptInStatus?.(id, true, 'Asked')).rejects.toMatchObject({ kind: 'validation' });
  });

  it('changes company and job title together, and nothing where both are so already', async () => {
    const { connect, contact } = subject();
    const id = contact(206);
    const { crm, calls } = connect();
    await crm.setContactFieldValue(id, 'company', 'Harbor & Vine');
    await crm.setContactFieldValue(id, 'job_title', 'Cooper');
    const before = calls.length;
    await crm.setContactFieldValue(id, 'job_title', 'Cooper');
    expect(calls).toHaveLength(before);
    expect(await connect().crm.getContact(id)).toMatchObject({ company: 'Harbor & Vine', job_title: 'Cooper' });
  });

  it('keeps no job title without a company', async () => {
    const { connect, contact } = subject();
    const { crm } = connect();
    await crm.setContactFieldValue(contact(207), 'company', '');
    await expect(crm.setContactFieldValue(contact(207), 'job_title', 'Cooper')).rejects.toMatchObject({
      kind: 'validation',
      outcome: 'not_sent',
    });
    expect((await connect().crm.getContact(contact(207))).company).toBeUndefined();
  });

  it('knows no tags of templates', async () => {
    const { connect } = subject();
    expect((await connect().crm.getTags()).map(({ name }) => name)).not.toContain('Seasonal layouts');
  });

  it('refuses goals without a request', async () => {
    const { connect, contact, sent } = subject();
    const before = sent();
    await expect(connect().crm.achieveGoal(contact(0), 'any', '')).rejects.toMatchObject({ kind: 'unsupported' });
    expect(sent()).toBe(before);
  });
});
