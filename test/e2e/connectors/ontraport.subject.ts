import type { VendorApi, VendorUnderTest } from './contract-subject.js';

/** Where the demo CRM speaks Ontraport. */
export const V1 = '/ontraport/1';

interface Answer {
  data: Record<string, string>;
}

/** A contact's attributes as the vendor tells them. */
export async function attributes(api: VendorApi, contactId: string): Promise<Record<string, string>> {
  return ((await api('GET', `${V1}/object?objectID=0&id=${contactId}`)) as Answer).data;
}

/** Success with a record, or with none of it. */
const answering = (method: string, path: string, data: unknown) => ({
  status: 200,
  match: { method, path },
  body: { code: 0, data, account_id: 50_001 },
});

/** What the contract suite must know about Ontraport. */
export const ontraport: VendorUnderTest = {
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
