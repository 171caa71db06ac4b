import type { Answer } from '../../server/answer.js';
import { one } from '../../server/form.js';
import type { CompanyRecord, ContactRecord } from '../../store/records.js';
import type { Call, Operation } from '../dialect.js';
import { text, type Input } from '../input.js';
import { accountContactView, accountView, contactIdOfAssociation } from './account-view.js';
import { contactWithId } from './contacts.js';
import { existing, invalid, missing, Unprocessable } from './errors.js';
import { idIn, pageOf, wrapped } from './wire.js';

export const accountOperations: readonly Operation[] = [
  { method: 'GET', path: '/accounts', name: 'GetCompanies', handle: listAccounts },
  { method: 'POST', path: '/accounts', name: 'CreateCompany', handle: createAccount },
  {
    method: 'GET',
    path: '/accounts/:account_id',
    name: 'GetCompany',
    handle: ({ params, store }) => ({
      status: 200,
      body: { account: accountView(accountWithId(store, params['account_id'])) },
    }),
  },
  { method: 'POST', path: '/accountContacts', name: 'SetCompany', handle: createAssociation },
  { method: 'PUT', path: '/accountContacts/:account_contact_id', name: 'SetCompany', handle: updateAssociation },
  { method: 'DELETE', path: '/accountContacts/:account_contact_id', name: 'SetCompany', handle: deleteAssociation },
];

const ASSOCIATION = 'CustomerAccountSubscriber';

function accountWithId(store: Call['store'], id: string | undefined): CompanyRecord {
  return existing(store.companies.get(id ?? ''), 'CustomerAccount', id);
}

function listAccounts({ query, store }: Call): Answer {
  const part = one(query, 'search')?.toLowerCase() ?? '';
  const matching = [...store.companies.values()].filter(({ name }) => name.toLowerCase().includes(part));
  const { items, meta } = pageOf(matching, query);
  return { status: 200, body: { accounts: items.map(accountView), meta } };
}

function createAccount(call: Call): Answer {
  const { store } = call;
  const input = wrapped(call.body, 'account');
  const name = text(input, 'name') ?? '';
  if (name.trim() === '') throw missing('name');
  if ([...store.companies.values()].some((known) => known.name.toLowerCase() === name.toLowerCase())) {
    throw new Unprocessable('An account has this name already', 'duplicate', 'name');
  }
  const times = { createdAt: Date.now(), updatedAt: Date.now() };
  const website = text(input, 'accountUrl') ?? '';
  const company = store.companies.create((id) => ({ id, name, website, phone: '', ...times }));
  call.effect({ operation: 'CreateCompany', args: { company_id: company.id, company_name: name } });
  return { status: 201, body: { account: accountView(company) } };
}

/** A contact can be with one account only. */
function createAssociation(call: Call): Answer {
  const input = wrapped(call.body, 'accountContact');
  const contact = contactWithId(call.store, idIn(input, 'contact'));
  if (call.store.companies.has(contact.companyId)) {
    throw invalid('account,contact', 'The contact is with an account already');
  }
  contact.jobTitle = '';
  return associated(call, contact, input, 201);
}

function updateAssociation(call: Call): Answer {
  return associated(call, associatedContact(call), wrapped(call.body, 'accountContact'), 200);
}

function associated(call: Call, contact: ContactRecord, input: Input, status: number): Answer {
  const company = accountWithId(call.store, idIn(input, 'account'));
  const jobTitle = text(input, 'jobTitle') ?? contact.jobTitle;
  contact.companyId = company.id;
  contact.jobTitle = jobTitle;
  call.store.contacts.changed(contact);
  const args = { company: company.name, job_title: jobTitle };
  call.effect({ operation: 'UpdateContact', contactId: contact.id, args });
  return { status, body: { accountContact: accountContactView(contact) } };
}

function deleteAssociation(call: Call): Answer {
  const contact = associatedContact(call);
  contact.companyId = '';
  contact.jobTitle = '';
  call.store.contacts.changed(contact);
  call.effect({ operation: 'UpdateContact', contactId: contact.id, args: { company: null, job_title: null } });
  return { status: 200, body: {} };
}

function associatedContact({ params, store }: Call): ContactRecord {
  const id = params['account_contact_id'] ?? '';
  const contact = store.contacts.get(contactIdOfAssociation(id));
  return existing(contact?.companyId === '' ? undefined : contact, ASSOCIATION, id);
}
