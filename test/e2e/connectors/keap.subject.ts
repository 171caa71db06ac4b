import type { CrmConnector } from '#connectors';
import type { ContractSubject, VendorUnderTest } from './contract-subject.js';

/** Where Keap's REST v2 is at the demo CRM. */
export const V2 = '/keap/crm/rest/v2';

/** Keap, and the demo CRM in its manner. */
export const keap: VendorUnderTest = {
  platform: 'keap',
  vendor: 'keap',
  documents: [
    { file: 'keap/keap-rest-v2.json', below: '/keap/crm' },
    { file: 'keap/keap-rest-v1-remnant.json', below: '/keap' },
  ],
  keyCredentials: (key) => ({ api_key: key }),
  tokenCredentials: (token) => ({ access_token: token }),
  apiHeaders: (key) => ({ authorization: `Bearer ${key}` }),

  capabilities: ['contacts', 'tags', 'custom_fields', 'automations', 'goals', 'deals', 'emails'],
  optional: [
    'setOptInStatus',
    'createNote',
    'findNote',
    'createTag',
    'getRelated',
    'getEmailStats',
    'getEmailHistory',
    'updateRelated',
  ],

  tag: { id: '199', name: 'Tried the demo' },
  popularTag: { id: '103', name: 'VIP', seedId: '103' },
  listing: {
    largestPage: 1000,
    largestTagPage: 1000,
    total: false,
    offset: false,
    orders: ['id', 'email', 'created_at', 'updated_at'],
    filters: [
      'id',
      'email',
      'first_name',
      'last_name',
      'phone',
      'company',
      'address1',
      'city',
      'state',
      'zip',
      'country',
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
    anniversary: ['1950-01-02', '1946-12-14'],
    country: ['USA', 'GBR'],
    address1: ['1 Main Street', '2 High Street'],
    address2: ['Flat 2', 'Rear building'],
    city: ['Rockville', 'Gentry'],
    state: ['Maryland', 'Missouri'],
    zip: ['20850', '64453'],
  },
  // An address with a region must have a country.
  unclearable: ['country'],
  customFields: [
    { sort: 'text', field: { id: '1', key: 'Nickname', label: 'Nickname' }, values: ['Ada', 'Countess'] },
    {
      sort: 'choice',
      field: { id: '2', key: 'FavoriteProduct', label: 'Favorite Product' },
      values: ['Workbook', 'Starter Course'],
    },
    {
      sort: 'list',
      field: { id: '3', key: 'Interests', label: 'Interests' },
      values: [['Books', 'Coaching'], ['Workshops']],
    },
    { sort: 'yes or no', field: { id: '4', key: 'Newsletter', label: 'Newsletter' }, values: [true, false] },
    {
      sort: 'date',
      field: { id: '5', key: 'RenewalDate', label: 'Renewal Date' },
      values: ['2026-03-01T00:00:00Z', '2027-12-31T00:00:00Z'],
    },
    {
      sort: 'instant',
      field: { id: '6', key: 'LastVisit', label: 'Last Visit' },
      values: ['2026-03-01T10:30:00Z', '2026-04-01T00:00:00Z'],
    },
    { sort: 'whole number', field: { id: '7', key: 'Score', label: 'Score' }, values: [41, 42] },
    { sort: 'decimal', field: { id: '8', key: 'LifetimeValue', label: 'Lifetime Value' }, values: [10.5, 0.1] },
    { sort: 'long text', field: { id: '9', key: 'Background', label: 'Background' }, values: ['a\nb', 'Ünïcödé €'] },
  ],
  sameAddress: 'another',

  automation: '302:1',
  goal: { name: 'contract_goal', integration: 'myfusionhelper' },
  mayMail: async (api, contactId) => {
    const contact = (await api('GET', `${V2}/contacts/${contactId}?fields=email_addresses`)) as {
      email_addresses: { email: string }[];
    };
    const address = encodeURIComponent(contact.email_addresses[0]?.email ?? '');
    const { opted_in: optedIn } = (await api('GET', `${V2}/emailAddresses/${address}/status`)) as { opted_in: boolean };
    return optedIn;
  },
  related: {
    invoice: { amount: 'InvoiceTotal' },
    job: { amount: 'OrderTotal' },
    subscription: { amount: 'BillingAmount' },
    lead: { amount: 'ProjectedRevenueHigh' },
    creditcard: {},
    payment: { amount: 'PayAmt' },
  },
  stages: ['1', '2'],

  writes: {
    createContact: { method: 'POST', path: '/contacts', repeatable: false },
    createNote: { method: 'POST', path: '/contacts/*/notes', repeatable: false },
    triggerAutomation: { method: 'POST', path: '*:addContacts', repeatable: true },
    achieveGoal: { method: 'POST', path: '/automations/goals/achieve', repeatable: false },
  },
  insideSuccess: [
    {
      name: 'a tag that a contact did not get',
      fault: { status: 200, body: { results: { '1151': 'CONTACT_DOES_NOT_EXIST' } }, match: { path: '*:applyTags' } },
      act: (crm, { tag, contact }) => crm.applyTag(contact(150), tag.id),
      kind: 'not_found',
    },
    {
      name: 'a tag that failed',
      fault: { status: 200, body: { results: { '1151': 'FAILED' } }, match: { path: '*:applyTags' } },
      act: (crm, { tag, contact }) => crm.applyTag(contact(150), tag.id),
      kind: 'validation',
    },
    ...['CONTACT_DOES_NOT_EXIST', 'FAILED'].map((outcome) => ({
      name: `a sequence that says ${outcome}`,
      fault: {
        status: 200,
        body: { add_to_sequence_results: { '1151': outcome } },
        match: { path: '*:addContacts' },
      },
      act: (crm: CrmConnector, { automation, contact }: ContractSubject) =>
        crm.triggerAutomation(contact(150), automation),
      kind: outcome === 'FAILED' ? ('validation' as const) : ('not_found' as const),
    })),
    {
      name: 'a goal that was not achieved',
      fault: {
        status: 200,
        body: { results: [{ success: false, message: 'The goal is not reachable' }] },
        match: { path: '/automations/goals/achieve' },
      },
      act: (crm, { contact }) => crm.achieveGoal(contact(150), 'any', 'where'),
      kind: 'validation',
    },
    {
      name: 'an address that stays as it was',
      fault: {
        status: 200,
        body: {
          email: 'ravi@example.com',
          create_time: '2026-01-01T00:00:00Z',
          opted_in: false,
          status: 'HARD_BOUNCE',
        },
        match: { path: '/emailAddresses/*/status' },
      },
      act: async (crm, { contact }) => crm.setOptInStatus?.(contact(150), true, 'Asked for it'),
      kind: 'validation',
    },
  ],
  calls: {
    getContacts: 1,
    'getContacts, by e-mail': 1,
    'getContacts, of a tag': 3,
    'getContacts, ids of a tag': 2,
    getContact: 1,
    'getContact, again in the run': 0,
    createContact: 1,
    'createContact, with a custom field and two tags': 5,
    'updateContact, two names': 1,
    'updateContact, three fields': 2,
    'updateContact, three fields after a reading': 1,
    'updateContact, two custom fields after a reading, fields known': 1,
    deleteContact: 1,
    getTags: 2,
    applyTag: 2,
    'applyTag, tags known': 1,
    'removeTag, tags known': 1,
    getCustomFields: 1,
    'getContactFieldValue, three standard fields': 1,
    'getContactFieldValue, a custom field': 2,
    'setContactFieldValue, a name': 1,
    'setContactFieldValue, a custom field': 3,
    'setContactFieldValue, a custom field after a reading, fields known': 1,
    triggerAutomation: 1,
    achieveGoal: 1,
    testConnection: 1,
    setOptInStatus: 2,
    createNote: 2,
    findNote: 1,
    createTag: 2,
    'getRelated invoice': 1,
    'getRelated job': 1,
    'getRelated subscription': 1,
    'getRelated lead': 1,
    'getRelated creditcard': 1,
    'getRelated payment': 2,
    getEmailStats: 1,
    getEmailHistory: 1,
    updateRelated: 1,
  },
  notes: {
    getContacts:
      'Contacts of a tag come with names only: the others of a page are read by their ids, a hundred at once.',
    createContact: 'A second contact of an address is another one. Each tag is a request of its own.',
    updateContact:
      'Lists (addresses, phones, e-mails, custom fields) are replaced as a whole, so the contact is read first and every item goes back. A company is named by its id, and made when there is none of the name.',
    setContactFieldValue: 'An address with a region must have a country.',
    setOptInStatus: 'Bounced and unsubscribed addresses keep their state, which is refused as `validation`.',
    triggerAutomation: 'Named as campaign:sequence; a campaign alone when it has a single sequence.',
    achieveGoal: 'A call name of an integration, or automation:goal by their ids.',
    createNote: 'In the name of a user: the connection’s own unless the helper names one.',
    'getRelated subscription': 'The day up to which is paid is not told.',
    'getRelated creditcard': 'Cards only; the vendor tells brand, last digits and expiry.',
    'getRelated payment': 'Two lists however many orders there are: payments, and orders for their invoices.',
  },
};
