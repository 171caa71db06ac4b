import { listed, type Form } from '../../server/form.js';
import type { CrmStore } from '../../store/crm-store.js';
import type { ContactRecord } from '../../store/records.js';
import { accountContactView, accountView } from './account-view.js';
import { dealView } from './deal-view.js';
import { entriesOf, entryView } from './entries.js';
import { valueId, wireValue } from './field-forms.js';
import { contactListViews } from './subscriptions.js';
import { contactTagView, tagView } from './tag-view.js';
import { accountTime } from './wire.js';

type View = Record<string, unknown>;

export function contactView(contact: ContactRecord, store: CrmStore): View {
  const { id } = contact;
  return {
    id,
    email: contact.emails[0]?.address ?? '',
    phone: contact.phones[0]?.number ?? '',
    firstName: contact.firstName,
    lastName: contact.lastName,
    orgid: contact.companyId === '' ? '0' : contact.companyId,
    organization: null,
    cdate: accountTime(contact.createdAt),
    udate: accountTime(contact.updatedAt),
    deleted: '0',
    anonymized: '0',
    bounced_date: '0000-00-00',
    links: Object.fromEntries(
      ['contactTags', 'contactAutomations', 'contactLists', 'fieldValues', 'deals', 'notes'].map((name) => [
        name,
        `contacts/${id}/${name}`,
      ]),
    ),
    accountContacts: accountContacts(contact, store).map((association) => String(association['id'])),
  };
}

export function fieldValueViews(contact: ContactRecord, store: CrmStore): View[] {
  return Object.entries(contact.fields).map(([fieldId, value]) => ({
    id: valueId(contact, fieldId),
    contact: contact.id,
    field: fieldId,
    value: wireValue(store.customFields.get(fieldId), value),
    cdate: accountTime(contact.createdAt),
    udate: accountTime(contact.updatedAt),
    owner: contact.id,
    links: {},
  }));
}

function accountContacts(contact: ContactRecord, store: CrmStore): View[] {
  return store.companies.has(contact.companyId) ? [accountContactView(contact)] : [];
}

/** What can be asked for beside contacts, by the names of `include`; `a.b` brings the a and their b. */
const SIDE_LOADS: Readonly<Record<string, (contact: ContactRecord, store: CrmStore) => View[]>> = {
  fieldValues: fieldValueViews,
  contactTags: (contact) => contact.tags.map((tag) => contactTagView(contact.id, tag)),
  contactLists: contactListViews,
  contactAutomations: (contact) => entriesOf(contact).map((entry) => entryView(contact.id, entry)),
  accountContacts,
  deals: (contact, store) => store.opportunities.of(contact.id).map(dealView),
};

const FURTHER: Readonly<Record<string, [name: string, of: (contact: ContactRecord, store: CrmStore) => View[]]>> = {
  'contactTags.tag': [
    'tags',
    (contact, store) => contact.tags.flatMap(({ tagId }) => store.tags.get(tagId) ?? []).map(tagView),
  ],
  'accountContacts.account': [
    'accounts',
    ({ companyId }, store) => {
      const company = store.companies.get(companyId);
      return company === undefined ? [] : [accountView(company)];
    },
  ],
};

/** Comes with a single contact when nothing is asked for by name. */
export const USUAL = ['contactAutomations', 'contactLists', 'deals', 'fieldValues', 'accountContacts'];

/** The names of `include`; undefined when the request has none. */
export function includedIn(query: Form): string[] | undefined {
  return listed(query, 'include');
}

/** The lists beside the contacts, each record once. Names that do not exist bring nothing. */
export function sideLoads(contacts: readonly ContactRecord[], names: readonly string[], store: CrmStore): View {
  const loaded: Record<string, View[]> = {};
  const add = (name: string, views: View[]): void => {
    const known = (loaded[name] ??= []);
    known.push(...views.filter(({ id }) => !known.some((other) => other['id'] === id)));
  };
  for (const name of names.filter((each) => Object.hasOwn(SIDE_LOADS, each.split('.')[0] ?? ''))) {
    const [first = ''] = name.split('.');
    const own = SIDE_LOADS[first];
    const further = FURTHER[name];
    for (const contact of contacts) {
      if (own !== undefined) add(first, own(contact, store));
      if (further !== undefined) add(further[0], further[1](contact, store));
    }
    if (own !== undefined) loaded[first] ??= [];
    if (further !== undefined) loaded[further[0]] ??= [];
  }
  return loaded;
}
