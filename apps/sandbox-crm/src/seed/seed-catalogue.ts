import { DEMO_TAG, GOAL_INTEGRATION, LIFETIME_VALUE_FIELD, NICKNAME_FIELD, SCORE_FIELD } from '../demo-facts.js';
import type { CrmStore } from '../store/crm-store.js';
import type { CustomFieldRecord, FieldType } from '../store/records.js';
import { COMPANY_NAMES, domainOf, PRODUCTS } from './business.js';

/** When the seeded business began; every seeded time lies after it and before the product's release. */
export const BEGINNING = Date.UTC(2025, 0, 6, 9);

export const INTERESTS = ['Coaching', 'Workshops', 'Books', 'Membership', 'Speaking'] as const;
export const SUPPORT_LEVELS = ['Basic', 'Plus', 'Premium'] as const;

/** Tags are numbered in this order, from 101. */
const TAGS: Record<string, readonly string[]> = {
  Lifecycle: ['Prospect', 'Customer', 'VIP', 'Former Customer', 'Do Not Call'],
  Interests: INTERESTS,
  Campaigns: ['Spring Launch', 'Summer Sale', 'Webinar Registered', 'Webinar Attended', 'Newsletter'],
  Purchases: PRODUCTS.map(({ name }) => `Bought ${name}`),
};
/** The tags that contacts get in groups. */
export const TAG_ID = {
  prospect: 101,
  customer: 102,
  vip: 103,
  formerCustomer: 104,
  doNotCall: 105,
  firstInterest: 106,
  lastInterest: 110,
  firstCampaign: 111,
  lastCampaign: 115,
  /** The first product's; the others follow in their order. */
  firstPurchase: 116,
} as const;

const FIELDS: readonly [id: string, label: string, type: FieldType, options?: readonly string[]][] = [
  [NICKNAME_FIELD.id, NICKNAME_FIELD.label, 'text'],
  ['2', 'Favorite Product', 'choice', PRODUCTS.map(({ name }) => name)],
  ['3', 'Interests', 'multi_choice', INTERESTS],
  ['4', 'Newsletter', 'yes_no'],
  ['5', 'Renewal Date', 'date'],
  ['6', 'Last Visit', 'date_time'],
  [SCORE_FIELD.id, SCORE_FIELD.label, 'whole_number'],
  [LIFETIME_VALUE_FIELD.id, LIFETIME_VALUE_FIELD.label, 'decimal'],
  ['9', 'Background', 'long_text'],
  ['10', 'Segment', 'text'],
  ['11', 'Budget', 'currency'],
  ['12', 'Referral Site', 'website'],
  ['13', 'Support Level', 'radio', SUPPORT_LEVELS],
  ['14', 'Discount', 'percent'],
];

/** Fills in everything but contacts and what belongs to them; it is the same for every seed. */
export function seedCatalogue(store: CrmStore): void {
  seedTags(store);
  for (const [id, label, type, options = []] of FIELDS) store.customFields.seed(customField(id, label, type, options));
  seedAutomations(store);
  seedPeople(store);
}

function customField(id: string, label: string, type: FieldType, options: readonly string[]): CustomFieldRecord {
  return {
    id,
    label,
    name: label.replaceAll(/\W/g, ''),
    type,
    group: 'Custom Fields',
    options: options.map((option, index) => ({ id: String(index + 1), label: option })),
  };
}

function seedTags(store: CrmStore): void {
  const times = { createdAt: BEGINNING, updatedAt: BEGINNING };
  let categoryId = 10;
  let tagId = 101;
  for (const [category, names] of Object.entries(TAGS)) {
    store.tagCategories.seed({ id: String(categoryId), name: category, description: '', ...times });
    for (const name of names) {
      store.tags.seed({ id: String(tagId++), name, description: '', categoryId: String(categoryId), ...times });
    }
    categoryId += 1;
  }
  store.tags.seed({ ...DEMO_TAG, description: 'Set by the first helper', categoryId: '', ...times });
}

function seedAutomations(store: CrmStore): void {
  const common = { published: true, createdAt: BEGINNING };
  store.automations.seed({
    ...common,
    id: '301',
    name: 'Welcome series',
    sequences: [{ id: '1', name: 'First week' }],
    goals: [{ id: '11', name: 'Asked for a call', integration: 'website', callName: 'call_requested' }],
  });
  store.automations.seed({
    ...common,
    id: '302',
    name: 'Webinar follow-up',
    sequences: [
      { id: '1', name: 'Attended' },
      { id: '2', name: 'Missed it' },
    ],
    goals: [{ id: '12', name: 'Watched the recording', integration: 'website', callName: 'recording_watched' }],
  });
  store.automations.seed({
    ...common,
    id: '303',
    name: 'Helper goals',
    sequences: [{ id: '1', name: 'Follow up' }],
    goals: [{ id: '13', name: 'Any helper goal', integration: GOAL_INTEGRATION, callName: '*' }],
  });
  store.automations.seed({
    ...common,
    id: '304',
    name: 'Not published yet',
    published: false,
    sequences: [{ id: '1', name: 'Draft' }],
    goals: [],
  });
}

function seedPeople(store: CrmStore): void {
  const createdAt = BEGINNING;
  const user = { admin: false, createdAt };
  store.users.seed({
    ...user,
    id: '1',
    firstName: 'Olivia',
    lastName: 'Reed',
    email: 'olivia@sandbox.example',
    admin: true,
  });
  store.users.seed({ ...user, id: '2', firstName: 'Peter', lastName: 'Lang', email: 'peter@sandbox.example' });
  store.users.seed({ ...user, id: '3', firstName: 'Ruth', lastName: 'Adler', email: 'ruth@sandbox.example' });
  for (const [index, name] of COMPANY_NAMES.entries()) {
    const website = `https://${domainOf(name)}.example`;
    const phone = `+160255501${String(index).padStart(2, '0')}`;
    store.companies.seed({ id: String(501 + index), name, website, phone, createdAt, updatedAt: createdAt });
  }
  for (const [index, name] of ['Website', 'Referral', 'Conference', 'Advertisement'].entries()) {
    store.leadSources.seed({ id: String(index + 1), name, createdAt });
  }
  for (const [index, name] of ['New', 'Contacted', 'Qualified', 'Proposal', 'Won', 'Lost'].entries()) {
    store.stages.seed({
      id: String(index + 1),
      name,
      order: index + 1,
      probability: [10, 20, 50, 70, 100, 0][index] ?? 0,
    });
  }
}
