import type { VendorClient } from '../_kit/call/vendor-client.js';
import { path } from '../_kit/call/vendor-path.js';
import type { ConnectorOperation } from '../_kit/port.js';
import { criterion } from './filter.js';
import { refuse } from '../_kit/refuse.js';
import { Company, CompanyPage } from './schemas.js';

/** The id of the company of that name; undefined when there is none. */
export async function companyIdOf(
  client: VendorClient,
  operation: ConnectorOperation,
  name: string,
): Promise<string | undefined> {
  const filter = criterion('company_name', name);
  if (filter === undefined) {
    throw refuse(client.platform, operation, 'validation', 'Keap cannot look for a company of this name');
  }
  const page = await client.call({
    operation,
    method: 'GET',
    path: path`/companies`,
    target: 'companies',
    query: { filter, page_size: 10 },
    repeatable: true,
    answer: CompanyPage,
  });
  const wanted = name.trim().toLowerCase();
  return page.companies?.find(({ company_name }) => company_name?.trim().toLowerCase() === wanted)?.id;
}

/** Contacts refer to companies by id: an unknown name becomes a new company. */
export async function companyIdForWrite(
  client: VendorClient,
  operation: ConnectorOperation,
  name: string,
): Promise<string> {
  const known = await companyIdOf(client, operation, name);
  if (known !== undefined) return known;
  const made = await client.call({
    operation,
    method: 'POST',
    path: path`/companies`,
    target: 'companies',
    json: { company_name: name },
    repeatable: false,
    answer: Company,
  });
  return made.id;
}
