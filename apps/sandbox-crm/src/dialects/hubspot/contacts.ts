import { one, listed } from '../../server/form.js';
import type { CrmStore } from '../../store/crm-store.js';
import { emptyContact } from '../../store/empty-contact.js';
import type { ContactRecord } from '../../store/records.js';
import { Refusal, type Call, type Operation } from '../dialect.js';
import { found } from '../input.js';
import { PropertyRefusal } from './errors.js';
import { afterOf, batchInput, limitOf, propertiesOf } from './input.js';
import { batchAnswer, objectView, type WireObject, type WireTexts } from './object-view.js';
import { propertiesOfContacts } from './properties.js';

const BASE = '/crm/v3/objects/contacts';
const LARGEST_PAGE = 100;
const USUAL_PAGE = 10;
const ALWAYS = ['createdate', 'hs_object_id', 'lastmodifieddate'];
const USUAL = ['email', 'firstname', 'lastname'];

export const contactOperations: readonly Operation[] = [
  { method: 'GET', path: BASE, name: 'GetContacts', handle: listContacts },
  { method: 'POST', path: BASE, name: 'CreateContact', handle: createContact },
  { method: 'POST', path: `${BASE}/batch/read`, name: 'GetContacts', handle: readBatch },
  { method: 'GET', path: `${BASE}/:contact_id`, name: 'GetContact', handle: readContact },
  { method: 'PATCH', path: `${BASE}/:contact_id`, name: 'UpdateContact', handle: updateContact },
  { method: 'DELETE', path: `${BASE}/:contact_id`, name: 'DeleteContact', handle: deleteContact },
];

/** The contact that a path names, by its id or by another unique property. */
function contactOf({ params, query, store }: Call): ContactRecord {
  return namedContact(store, params['contact_id'] ?? '', one(query, 'idProperty'));
}

export function namedContact(store: CrmStore, name: string, idProperty?: string): ContactRecord {
  const contact = idProperty === 'email' ? store.contacts.withAddress(name)[0] : store.contacts.get(name);
  return found(contact, 'Contact', name);
}

/** Of a contact only what is asked for comes back; unknown names are passed over. */
export function contactView(contact: ContactRecord, names: readonly string[] | undefined, store: CrmStore): WireObject {
  const properties = propertiesOfContacts(store);
  const texts: WireTexts = {};
  for (const name of [...(names ?? USUAL), ...ALWAYS]) {
    const property = properties.get(name);
    if (property !== undefined) texts[name] = property.read(contact, store);
  }
  return objectView(contact.id, texts, contact);
}

function readContact(call: Call) {
  return { status: 200, body: contactView(contactOf(call), listed(call.query, 'properties'), call.store) };
}

/** The mark of the next page is the id at which it begins. */
function listContacts({ query, store }: Call) {
  const limit = limitOf(query, USUAL_PAGE, LARGEST_PAGE);
  const results: WireObject[] = [];
  let next: string | undefined;
  for (const contact of store.contacts.valuesFrom(afterOf(one(query, 'after')))) {
    if (results.length === limit) {
      next = contact.id;
      break;
    }
    results.push(contactView(contact, listed(query, 'properties'), store));
  }
  return { status: 200, body: { results, ...(next !== undefined && { paging: { next: { after: next } } }) } };
}

function readBatch({ body, store }: Call) {
  const { ids, properties, idProperty } = batchInput(body);
  return batchAnswer(ids, (id) => {
    const contact = idProperty === 'email' ? store.contacts.withAddress(id)[0] : store.contacts.get(id);
    return contact === undefined ? undefined : contactView(contact, properties, store);
  });
}

function createContact(call: Call) {
  const { store } = call;
  const properties = propertiesOf(call.body);
  const draft = emptyContact();
  change(draft, properties, store);
  const contact = store.contacts.create((id) => ({ ...draft, id }));
  call.effect({ operation: 'CreateContact', contactId: contact.id, args: { ...properties } });
  return { status: 201, body: contactView(contact, Object.keys(properties), store) };
}

function updateContact(call: Call) {
  const { store } = call;
  const contact = contactOf(call);
  const properties = propertiesOf(call.body);
  const known = propertiesOfContacts(store);
  const [name = '', another] = Object.keys(properties);
  const before = known.get(name)?.read(contact, store);
  change(contact, properties, store);
  store.contacts.changed(contact);
  const single = another === undefined && known.get(name)?.own === true;
  call.effect({
    operation: single ? 'SetContactFieldValue' : 'UpdateContact',
    contactId: contact.id,
    args: single ? { field: name, label: known.get(name)?.label, before, value: properties[name] } : { ...properties },
  });
  return { status: 200, body: contactView(contact, Object.keys(properties), store) };
}

/** One property that is refused refuses the whole change. */
function change(contact: ContactRecord, properties: Readonly<Record<string, string>>, store: CrmStore): void {
  const known = propertiesOfContacts(store);
  for (const name of Object.keys(properties)) {
    const property = known.get(name);
    if (property === undefined) {
      throw new PropertyRefusal('PROPERTY_DOESNT_EXIST', name, `Property "${name}" does not exist`);
    }
    if (property.write === undefined) {
      throw new PropertyRefusal('READ_ONLY_VALUE', name, `"${name}" is a read only property`);
    }
  }
  const draft: ContactRecord = { ...contact, fields: { ...contact.fields } };
  for (const [name, value] of Object.entries(properties)) known.get(name)?.write?.(draft, value, store);
  Object.assign(contact, draft);
}

/** A contact that is gone already is no failure. */
function deleteContact(call: Call) {
  const { store, params } = call;
  const id = params['contact_id'] ?? '';
  if (!/^\d+$/.test(id)) throw new Refusal(404, 'resource not found');
  if (store.deleteContact(id)) call.effect({ operation: 'DeleteContact', contactId: id, args: {} });
  return { status: 204 };
}
