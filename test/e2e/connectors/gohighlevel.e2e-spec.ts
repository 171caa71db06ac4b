import { DEMO_LOCATION } from '../../../apps/sandbox-crm/src/demo-facts.js';
import type { VendorUnderTest } from './contract-subject.js';
import { BASE, contactOf, gohighlevelChecks } from './gohighlevel-checks.js';
import { vendorContract } from './vendor-contract.js';

const gohighlevel: VendorUnderTest = {
  platform: 'gohighlevel',
  vendor: 'gohighlevel',
  documents: ['contacts', 'locations', 'opportunities', 'oauth'].map((name) => ({
    file: `gohighlevel/${name}.json`,
    below: BASE,
  })),
  keyCredentials: (key) => ({ api_key: key, account_id: DEMO_LOCATION }),
  tokenCredentials: (token) => ({ access_token: token, account_id: DEMO_LOCATION }),
  apiHeaders: (key) => ({ authorization: `Bearer ${key}`, version: '2021-07-28' }),
  // The vendor documents no Retry-After: the window that its headers tell has to pass.
  rateLimit: (seconds) => ({
    status: 429,
    headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-interval-milliseconds': String(seconds * 1000) },
  }),

  capabilities: ['contacts', 'tags', 'custom_fields', 'automations', 'deals', 'webhooks'],
  optional: ['setOptInStatus', 'createNote', 'findNote', 'createTag', 'getRelated', 'updateRelated'],

  tag: { id: 'tried the demo', name: 'tried the demo' },
  popularTag: { id: 'vip', name: 'vip', seedId: '103' },
  listing: {
    largestPage: 500,
    largestTagPage: 500,
    total: true,
    offset: false,
    orders: ['first_name', 'last_name', 'email', 'created_at', 'updated_at'],
    filters: ['id', 'email', 'first_name', 'last_name', 'phone', 'address1', 'city', 'state', 'zip', 'country'],
  },
  standardFields: {
    first_name: ['Ida', 'Jean'],
    last_name: ['Rhodes', 'Bartik'],
    email: ['ida.rhodes@example.com', 'jean.bartik@example.com'],
    phone: ['+15550177', '+15550178'],
    company: ['Bureau of Standards', 'Aberdeen Proving Ground'],
    website: ['https://ida.example', 'https://jean.example'],
    birthday: ['1900-05-15', '1924-12-27'],
    address1: ['1 Main Street', '2 High Street'],
    city: ['Rockville', 'Gentry'],
    state: ['Maryland', 'Missouri'],
    zip: ['20850', '64453'],
    country: ['US', 'GB'],
    source: ['Webinar', 'A friend'],
    timezone: ['America/New_York', 'Europe/London'],
  },
  customFields: [
    { sort: 'text', field: { id: '1', key: 'contact.nickname', label: 'Nickname' }, values: ['Ada', 'Countess'] },
    {
      sort: 'choice',
      field: { id: '2', key: 'contact.favorite_product', label: 'Favorite Product' },
      values: ['Workbook', 'Starter Course'],
    },
    {
      sort: 'list',
      field: { id: '3', key: 'contact.interests', label: 'Interests' },
      values: [['Books', 'Coaching'], ['Workshops']],
    },
    { sort: 'yes or no', field: { id: '4', key: 'contact.newsletter', label: 'Newsletter' }, values: ['Yes', 'No'] },
    {
      sort: 'date',
      field: { id: '5', key: 'contact.renewal_date', label: 'Renewal Date' },
      values: ['2026-03-01T00:00:00Z', '2027-12-31T00:00:00Z'],
    },
    { sort: 'whole number', field: { id: '7', key: 'contact.score', label: 'Score' }, values: [41, 42] },
    {
      sort: 'decimal',
      field: { id: '8', key: 'contact.lifetime_value', label: 'Lifetime Value' },
      values: [10.5, 0.1],
    },
    {
      sort: 'long text',
      field: { id: '9', key: 'contact.background', label: 'Background' },
      values: ['a\nb', 'Ünïcödé €'],
    },
    { sort: 'money', field: { id: '11', key: 'contact.budget', label: 'Budget' }, values: [1200, 99.95] },
  ],
  sameAddress: 'conflict',

  automation: '302',
  mayMail: async (api, contactId) => (await contactOf({ api }, contactId)).dndSettings['Email']?.status === 'inactive',
  related: { lead: { amount: 'ProjectedRevenueHigh' } },
  stages: ['1', '2'],

  writes: {
    createContact: { method: 'POST', path: '/contacts/', repeatable: false },
    createNote: { method: 'POST', path: '/contacts/*/notes', repeatable: false },
    triggerAutomation: { method: 'POST', path: '/contacts/*/workflow/*', repeatable: false },
  },
  insideSuccess: [
    {
      name: 'a workflow that takes nobody in',
      fault: { status: 200, body: { succeded: false }, match: { path: '/contacts/*/workflow/*' } },
      act: (crm, { automation, contact }) => crm.triggerAutomation(contact(150), automation),
      kind: 'validation',
    },
    {
      name: 'a contact that was not changed',
      fault: { status: 200, body: { succeded: false }, match: { method: 'PUT', path: '/contacts/*' } },
      act: (crm, { contact }) => crm.setContactFieldValue(contact(150), 'first_name', 'Never'),
      kind: 'validation',
    },
    {
      name: 'a contact that was not deleted',
      fault: { status: 200, body: { succeded: false }, match: { method: 'DELETE', path: '/contacts/*' } },
      act: (crm, { contact }) => crm.deleteContact(contact(150)),
      kind: 'validation',
    },
    {
      name: 'an opt-out that nobody can lift',
      fault: {
        status: 200,
        body: { succeded: true, contact: { id: '1151', dndSettings: { Email: { status: 'permanent' } } } },
        match: { method: 'PUT', path: '/contacts/*' },
      },
      act: async (crm, { contact }) => crm.setOptInStatus?.(contact(150), true, 'Asked for it'),
      kind: 'validation',
    },
    {
      name: 'a value that was dropped because there is no such field',
      fault: {
        status: 200,
        body: { succeded: true, contact: { id: '1151', customFields: [] } },
        match: { method: 'PUT', path: '/contacts/*' },
      },
      act: (crm, { contact }) => crm.setContactFieldValue(contact(150), 'Nickname', 'Ada'),
      kind: 'validation',
    },
  ],
  calls: {
    getContacts: 1,
    'getContacts, by e-mail': 1,
    'getContacts, of a tag': 2,
    'getContacts, ids of a tag': 2,
    getContact: 1,
    'getContact, again in the run': 0,
    createContact: 1,
    'createContact, with a custom field and two tags': 3,
    'updateContact, two names': 1,
    'updateContact, three fields': 1,
    'updateContact, three fields after a reading': 1,
    'updateContact, two custom fields after a reading, fields known': 1,
    deleteContact: 1,
    getTags: 1,
    applyTag: 2,
    'applyTag, tags known': 1,
    'removeTag, tags known': 1,
    getCustomFields: 1,
    'getContactFieldValue, three standard fields': 1,
    'getContactFieldValue, a custom field': 2,
    'setContactFieldValue, a name': 1,
    'setContactFieldValue, a custom field': 2,
    'setContactFieldValue, a custom field after a reading, fields known': 1,
    triggerAutomation: 1,
    testConnection: 1,
    setOptInStatus: 1,
    createNote: 1,
    findNote: 1,
    createTag: 2,
    'getRelated lead': 1,
    updateRelated: 1,
  },
  notes: {
    getContacts: 'By search, 500 a page, a few seconds behind; texts to compare with have at most 75 characters.',
    createContact: 'A location that forbids duplicates refuses a second contact of an address and names the first.',
    applyTag: 'Tags are names; an unknown name is refused here because the vendor would make a tag of it.',
    triggerAutomation: 'A workflow by its id; never repeated, because a workflow may take a contact in again.',
    setOptInStatus: 'Do-not-disturb of e-mail; what is permanent cannot be lifted.',
    createNote: 'Notes have no kinds.',
    createTag: 'Descriptions and categories do not exist.',
    getRelated: 'Opportunities only.',
  },
};

vendorContract(gohighlevel, gohighlevelChecks);
