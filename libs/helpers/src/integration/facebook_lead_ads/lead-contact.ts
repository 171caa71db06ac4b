import type { CreateContactInput, UpdateContactInput } from '#connectors';
import type { ContactCrm } from '../../_kit/crm/contact-crm.js';
import { isConnectorError } from '../../_kit/run-failure.js';

/** The contact that a lead describes. */
export function toContact(
  fields: Readonly<Record<string, string>>,
  mapping: Readonly<Record<string, string>>,
): CreateContactInput {
  const answer = (name: string): string => (Object.hasOwn(fields, name) ? (fields[name] ?? '').trim() : '');
  const [, first = '', last = ''] = /^(\S*)\s*(.*)$/su.exec(answer('full_name')) ?? [];
  const custom = Object.entries(mapping)
    .filter(([from, to]) => to.trim() !== '' && answer(from) !== '')
    .map(([from, to]) => [to.trim(), answer(from)] as const);
  return {
    first_name: answer('first_name') || first,
    last_name: answer('last_name') || last,
    email: answer('email'),
    ...(answer('phone_number') === '' ? {} : { phone: answer('phone_number') }),
    ...(answer('company_name') === '' ? {} : { company: answer('company_name') }),
    ...(custom.length === 0 ? {} : { custom_fields: Object.fromEntries(custom) }),
  };
}

/** What a lead says about a contact that exists: nothing empty, so that it takes nothing away. */
export const knownOf = (contact: CreateContactInput): UpdateContactInput =>
  Object.fromEntries(Object.entries(contact).filter(([, value]) => value !== ''));

/** The contact of an e-mail address, else of a phone number. */
export async function findContact(
  crm: ContactCrm,
  { email, phone }: Pick<CreateContactInput, 'email' | 'phone'>,
): Promise<string | null> {
  if (email !== '') {
    const { contacts } = await crm.getContacts({ email, limit: 1 });
    const same = contacts.find((each) => each.email.toLowerCase() === email.toLowerCase());
    if (same !== undefined) return same.id;
  }
  return phone === undefined ? null : byPhone(crm, phone);
}

const digits = (phone: string): string => phone.replace(/\D/g, '');

/** Not every CRM can look for every number; then nobody is known by it. */
async function byPhone(crm: ContactCrm, phone: string): Promise<string | null> {
  if (digits(phone) === '') return null;
  try {
    const { contacts } = await crm.getContacts({ filters: { phone }, limit: 10 });
    return contacts.find((each) => digits(each.phone ?? '') === digits(phone))?.id ?? null;
  } catch (error) {
    if (isConnectorError(error) && (error.kind === 'validation' || error.kind === 'unsupported')) return null;
    throw error;
  }
}
