import type { Answer } from '../../server/answer.js';
import type { CompanyRecord, LeadSourceRecord, UserRecord } from '../../store/records.js';
import { isoTime } from '../../store/iso-time.js';
import type { Call, Operation } from '../dialect.js';
import { found, inputOf, requiredText, text } from '../input.js';
import { byIds, byText, conditionsOf, filtered } from './filter.js';
import { idKey, pageOf } from './paging.js';

/** Who is connected, the users, and the small lists that contacts point to. */
export const accountOperations: readonly Operation[] = [
  { method: 'GET', path: '/oauth/connect/userinfo', name: 'GetUserInfo', handle: userInfo },
  { method: 'GET', path: '/users', name: 'GetUsers', handle: listUsers },
  { method: 'GET', path: '/users/:user_id', name: 'GetUser', handle: getUser },
  { method: 'GET', path: '/companies', name: 'GetCompanies', handle: listCompanies },
  { method: 'POST', path: '/companies', name: 'CreateCompany', handle: createCompany },
  { method: 'GET', path: '/companies/:company_id', name: 'GetCompany', handle: getCompany },
  { method: 'GET', path: '/leadSources', name: 'GetLeadSources', handle: listLeadSources },
];

function userInfo({ identity }: Call): Answer {
  const { connection, subject, tenantId } = identity;
  const email = `${connection}@sandbox.example`;
  return {
    status: 200,
    body: {
      sub: subject,
      id: subject,
      keap_id: email,
      email,
      given_name: 'Sandbox',
      family_name: connection,
      is_admin: true,
      tenant_id: tenantId,
    },
  };
}

function listUsers({ query, store }: Call): Answer {
  const matching = filtered(store.users.values(), conditionsOf(query), {
    email: byText<UserRecord>((user) => user.email),
    given_name: byText<UserRecord>((user) => user.firstName),
    family_name: byText<UserRecord>((user) => user.lastName),
    user_ids: byIds<UserRecord>((user) => user.id),
  });
  const page = pageOf(matching, query, {
    id: idKey,
    create_time: (user) => user.createdAt,
    email: (user) => user.email,
  });
  return { status: 200, body: { users: page.items.map(userView), next_page_token: page.nextPageToken } };
}

function getUser({ params, store }: Call): Answer {
  const id = params['user_id'] ?? '';
  return { status: 200, body: userView(found(store.users.get(id), 'User', id)) };
}

function userView(user: UserRecord): Record<string, unknown> {
  return {
    id: user.id,
    global_user_id: user.id,
    keap_id: user.email,
    given_name: user.firstName,
    family_name: user.lastName,
    email_addresses: [{ email: user.email, field: 'EMAIL1' }],
    status: 'ACTIVE',
    admin: user.admin,
    partner: false,
    create_time: isoTime(user.createdAt),
    update_time: isoTime(user.createdAt),
  };
}

function listCompanies({ query, store }: Call): Answer {
  const matching = filtered(store.companies.values(), conditionsOf(query), {
    company_name: byText<CompanyRecord>((company) => company.name),
    ids: byIds<CompanyRecord>((company) => company.id),
  });
  const page = pageOf(matching, query, {
    id: idKey,
    name: (company) => company.name.toLowerCase(),
    create_time: (company) => company.createdAt,
  });
  return { status: 200, body: { companies: page.items.map(companyView), next_page_token: page.nextPageToken } };
}

function getCompany({ params, store }: Call): Answer {
  const id = params['company_id'] ?? '';
  return { status: 200, body: companyView(found(store.companies.get(id), 'Company', id)) };
}

function createCompany(call: Call): Answer {
  const input = inputOf(call.body);
  const name = requiredText(input, 'company_name');
  const times = { createdAt: Date.now(), updatedAt: Date.now() };
  const website = text(input, 'website') ?? '';
  const company = call.store.companies.create((id) => ({ id, name, website, phone: '', ...times }));
  call.effect({ operation: 'CreateCompany', args: { company_id: company.id, company_name: name } });
  return { status: 201, body: companyView(company) };
}

function companyView(company: CompanyRecord): Record<string, unknown> {
  return {
    id: company.id,
    company_name: company.name,
    website: company.website,
    ...(company.phone === '' ? {} : { phone_number: { number: company.phone, field: 'PHONE1' } }),
    create_time: isoTime(company.createdAt),
    update_time: isoTime(company.updatedAt),
  };
}

function listLeadSources({ query, store }: Call): Answer {
  const matching = filtered(store.leadSources.values(), conditionsOf(query), {
    name: byText<LeadSourceRecord>((source) => source.name),
  });
  const page = pageOf(matching, query, { id: idKey, name: (source) => source.name.toLowerCase() });
  const sources = page.items.map(({ id, name, createdAt }) => ({
    id,
    name,
    status: 'ACTIVE',
    create_time: isoTime(createdAt),
  }));
  return { status: 200, body: { lead_sources: sources, next_page_token: page.nextPageToken } };
}
