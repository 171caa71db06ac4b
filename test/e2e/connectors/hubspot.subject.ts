import type { CustomField, FieldValue } from '#connectors';
import type { VendorUnderTest } from './contract-subject.js';

export const CONTACTS = '/hubspot/crm/v3/objects/contacts';

const NOW = '2026-01-01T00:00:00Z';
const field = (id: string, label: string): Pick<CustomField, 'id' | 'key' | 'label'> => ({ id, key: id, label });
const sort = (name: string, of: Pick<CustomField, 'id' | 'key' | 'label'>, values: [FieldValue, FieldValue]) => ({
  sort: name,
  field: of,
  values,
});

/** HubSpot as the contract suite must know it. */
export const hubspot: VendorUnderTest = {
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
