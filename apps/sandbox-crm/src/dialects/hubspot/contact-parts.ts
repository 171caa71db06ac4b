import type { CrmStore } from '../../store/crm-store.js';
import type { ContactRecord, PostalAddress } from '../../store/records.js';
import { Refusal } from '../dialect.js';
import { PropertyRefusal } from './errors.js';

const EMAIL = /^[^\s@;,]+@[^\s@;,]+\.[^\s@;,]+$/;

/** The first address; further ones stay. Two contacts never have the same. */
export function setEmail(draft: ContactRecord, value: string, store: CrmStore): void {
  const address = value.trim().toLowerCase();
  if (address !== '' && !EMAIL.test(address)) {
    throw new PropertyRefusal('INVALID_EMAIL', 'email', `Email address ${address} is invalid`);
  }
  const other = address === '' ? undefined : store.contacts.withAddress(address).find(({ id }) => id !== draft.id);
  if (other !== undefined) throw new Refusal(409, `Contact already exists. Existing ID: ${other.id}`);
  const [first, ...further] = draft.emails;
  draft.emails = address === '' ? further : [{ ...first, slot: 1, address }, ...further];
}

export function setPhone(draft: ContactRecord, slot: number, number: string): void {
  const others = draft.phones.filter((phone) => phone.slot !== slot);
  const before = draft.phones.find((phone) => phone.slot === slot) ?? { slot, type: '', extension: '' };
  draft.phones = number === '' ? others : [...others, { ...before, number }].sort((a, b) => a.slot - b.slot);
}

export function setAddressPart(draft: ContactRecord, part: Exclude<keyof PostalAddress, 'kind'>, value: string): void {
  const others = draft.addresses.filter(({ kind }) => kind !== 'billing');
  const before = draft.addresses.find(({ kind }) => kind === 'billing') ?? EMPTY_ADDRESS;
  draft.addresses = [{ ...before, [part]: value }, ...others];
}

const EMPTY_ADDRESS: PostalAddress = {
  kind: 'billing',
  line1: '',
  line2: '',
  city: '',
  region: '',
  postalCode: '',
  countryCode: '',
};

/** HubSpot keeps the name of a company as text; the store has companies, so an unknown name becomes one. */
export function setCompany(draft: ContactRecord, value: string, store: CrmStore): void {
  const name = value.trim();
  if (name === '') {
    draft.companyId = '';
    return;
  }
  const known = [...store.companies.values()].find((company) => company.name === name);
  const times = { createdAt: Date.now(), updatedAt: Date.now() };
  const company = known ?? store.companies.create((id) => ({ id, name, website: '', phone: '', ...times }));
  draft.companyId = company.id;
}

export function setExtra(draft: ContactRecord, name: string, value: string): void {
  const { [name]: _before, ...others } = draft.extra ?? {};
  draft.extra = value === '' ? others : { ...others, [name]: value };
}
