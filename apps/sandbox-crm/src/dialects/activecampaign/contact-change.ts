import type { CrmStore } from '../../store/crm-store.js';
import type { ContactRecord, CustomFieldRecord, FieldValue } from '../../store/records.js';
import { objects, text, type Input } from '../input.js';
import { invalid, Unprocessable } from './errors.js';
import { storedValue } from './field-forms.js';
import { idIn } from './wire.js';

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** What a request changed, for the log of effects. */
export interface Change {
  properties: Record<string, string>;
  fields: { field: string; label: string; before: FieldValue | null; value: FieldValue | null }[];
}

const SETTERS: Readonly<Record<string, (draft: ContactRecord, value: string) => void>> = {
  email: (draft, value) => {
    const [first, ...rest] = draft.emails;
    draft.emails = value === '' ? rest : [{ ...first, slot: 1, address: value }, ...rest];
  },
  firstName: (draft, value) => void (draft.firstName = value),
  lastName: (draft, value) => void (draft.lastName = value),
  phone: (draft, value) => {
    const [first, ...rest] = draft.phones;
    const phone = { slot: 1, type: 'Mobile', extension: '', ...first, number: value };
    draft.phones = value === '' ? rest : [phone, ...rest];
  },
};

/** Applies what a request names and leaves the rest alone. Nothing is changed when anything is refused. */
export function changeContact(contact: ContactRecord, input: Input, store: CrmStore): Change {
  const draft: ContactRecord = { ...contact, fields: { ...contact.fields } };
  const properties: Record<string, string> = {};
  for (const [name, set] of Object.entries(SETTERS)) {
    const value = text(input, name);
    if (value === undefined) continue;
    if (name === 'email') checkAddress(value, contact.id, store);
    set(draft, value);
    properties[name] = value;
  }
  const fields = (objects(input, 'fieldValues') ?? []).flatMap((item) => {
    const field = fieldOf(store, idIn(item, 'field'));
    return setField(draft, field, text(item, 'value') ?? '');
  });
  Object.assign(contact, draft);
  return { properties, fields };
}

/** Sets one custom value; answers what changed by that, if anything. */
export function setField(contact: ContactRecord, field: CustomFieldRecord, value: string): Change['fields'] {
  const { id, label } = field;
  const before = contact.fields[id] ?? null;
  const after = storedValue(field, value);
  if (after === null) delete contact.fields[id];
  else contact.fields[id] = after;
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  return [{ field: id, label, before, value: after }];
}

export function fieldOf(store: CrmStore, id: string): CustomFieldRecord {
  const field = store.customFields.get(id);
  if (field === undefined) throw invalid('field', `Field ${id} does not exist`);
  return field;
}

function checkAddress(address: string, ownId: string, store: CrmStore): void {
  if (address === '') return;
  if (!EMAIL.test(address)) throw invalid('email', 'This is not an e-mail address');
  if (store.contacts.withAddress(address).some(({ id }) => id !== ownId)) {
    throw new Unprocessable('A contact has this e-mail address already', 'duplicate', 'email');
  }
}
