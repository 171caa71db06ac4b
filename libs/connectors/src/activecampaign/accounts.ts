import { path } from '../_kit/call/vendor-path.js';
import { isConnectorError } from '../_kit/connector-error.js';
import type { FieldValue } from '../_kit/contact.js';
import type { ConnectorOperation } from '../_kit/port.js';
import { refuse } from '../_kit/refuse.js';
import type { Caller } from './caller.js';
import { valueText, type ContactAccount } from './contact-record.js';
import { everyPage } from './paging.js';
import { AccountAnswer, AccountPage, WrittenAccountContact } from './schemas.js';

/** Company and job title of a contact, as far as they are to change; '' clears. */
export interface AccountChange {
  company?: string;
  jobTitle?: string;
}

export function accountChange(values: Readonly<Record<string, FieldValue>>): AccountChange {
  const { orgname, jobTitle } = values;
  return {
    ...(orgname === undefined ? {} : { company: valueText(orgname).trim() }),
    ...(jobTitle === undefined ? {} : { jobTitle: valueText(jobTitle) }),
  };
}

/** The name of an account that an answer named by its id only. */
export async function accountName(
  client: Caller,
  operation: ConnectorOperation,
  accountId: string,
): Promise<string | undefined> {
  const { account } = await client.call({
    operation,
    method: 'GET',
    path: path`/accounts/${accountId}`,
    target: `accounts/${accountId}`,
    repeatable: true,
    answer: AccountAnswer,
  });
  return account.name ?? undefined;
}

/**
 * Changes company and job title of a contact: they are a contact's association with an account, of which the vendor
 * allows one.
 * @returns the association as it is afterwards
 */
export async function changeAccount(
  client: Caller,
  operation: ConnectorOperation,
  contactId: string,
  current: ContactAccount | undefined,
  { company, jobTitle }: AccountChange,
): Promise<ContactAccount | undefined> {
  if (company === '') return leaveAccount(client, operation, contactId, current, jobTitle);
  if (company === undefined && current === undefined) {
    if ((jobTitle ?? '') === '') return undefined;
    const message = 'ActiveCampaign keeps a job title with the company: set the company first';
    throw refuse(client.platform, operation, 'validation', message);
  }
  const name = company ?? current?.name;
  const accountId = company === undefined ? (current?.accountId ?? '') : await accountIdOf(client, operation, company);
  const title = jobTitle ?? current?.jobTitle ?? '';
  if (current?.accountId === accountId && title === current.jobTitle) return { ...current, name };
  const parts = { contact: contactId, account: accountId, jobTitle: title };
  const associationId = await associate(client, operation, current?.associationId, parts);
  return { associationId, accountId, name, jobTitle: title };
}

async function leaveAccount(
  client: Caller,
  operation: ConnectorOperation,
  contactId: string,
  current: ContactAccount | undefined,
  jobTitle: string | undefined,
): Promise<undefined> {
  if ((jobTitle ?? '') !== '') {
    const message = 'ActiveCampaign keeps a job title with the company: a contact without a company has none';
    throw refuse(client.platform, operation, 'validation', message);
  }
  if (current === undefined) return;
  await client.call<void>({
    operation,
    method: 'DELETE',
    path: path`/accountContacts/${current.associationId}`,
    target: `contacts/${contactId}/accountContacts`,
    repeatable: true,
  });
}

async function associate(
  client: Caller,
  operation: ConnectorOperation,
  associationId: string | undefined,
  accountContact: { contact: string; account: string; jobTitle: string },
): Promise<string> {
  const made = await client.call({
    operation,
    ...(associationId === undefined
      ? { method: 'POST' as const, path: path`/accountContacts` }
      : { method: 'PUT' as const, path: path`/accountContacts/${associationId}` }),
    target: `contacts/${accountContact.contact}/accountContacts`,
    json: { accountContact },
    // A second one for the same contact is refused: that would look like a failure of the first.
    repeatable: associationId !== undefined,
    answer: WrittenAccountContact,
  });
  return made.accountContact.id;
}

/** The account of that name; an unknown name becomes a new account. */
async function accountIdOf(client: Caller, operation: ConnectorOperation, name: string): Promise<string> {
  const known = await findAccount(client, operation, name);
  if (known !== undefined) return known;
  try {
    const { account } = await client.call({
      operation,
      method: 'POST',
      path: path`/accounts`,
      target: 'accounts',
      json: { account: { name } },
      repeatable: false,
      answer: AccountAnswer,
    });
    return account.id;
  } catch (error) {
    // Somebody else may have made it meanwhile.
    const isTaken = isConnectorError(error) && (error.kind === 'conflict' || error.kind === 'validation');
    const theirs = isTaken ? await findAccount(client, operation, name) : undefined;
    if (theirs === undefined) throw error;
    return theirs;
  }
}

/** The vendor's search finds parts of names, too. */
async function findAccount(client: Caller, operation: ConnectorOperation, name: string): Promise<string | undefined> {
  const pages = await everyPage(
    client,
    { operation, path: path`/accounts`, target: 'accounts', query: { search: name }, answer: AccountPage },
    ({ accounts }) => accounts.length,
  );
  const wanted = name.toLowerCase();
  const accounts = pages.flatMap((page) => page.accounts);
  return accounts.find((account) => account.name?.trim().toLowerCase() === wanted)?.id;
}
