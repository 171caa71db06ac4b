import type { Answer } from '../../server/answer.js';
import { emptyContact } from '../../store/empty-contact.js';
import type { ContactRecord } from '../../store/records.js';
import type { Call, Operation } from '../dialect.js';
import { inputOf, text, type Input } from '../input.js';
import { changeContact, type Change } from './contact-change.js';
import { contactView } from './contact-view.js';
import { carryOut } from './do-not-disturb.js';
import { duplicateAnswer, notFound } from './errors.js';
import { checkedLocation, ownLocation } from './location.js';

export const contactOperations: readonly Operation[] = [
  { method: 'POST', path: '/contacts/', name: 'CreateContact', handle: createContact },
  {
    method: 'GET',
    path: '/contacts/:contact_id',
    name: 'GetContact',
    handle: (call) => ({ status: 200, body: { contact: viewOf(call, contactOf(call)) } }),
  },
  { method: 'PUT', path: '/contacts/:contact_id', name: 'UpdateContact', handle: updateContact },
  { method: 'DELETE', path: '/contacts/:contact_id', name: 'DeleteContact', handle: deleteContact },
];

/** The contact that the path names, or a refusal. */
export function contactOf({ params, store }: Call): ContactRecord {
  const id = params['contact_id'] ?? '';
  const contact = store.contacts.get(id);
  if (contact === undefined) throw notFound('Contact', id);
  return contact;
}

const viewOf = ({ store, identity }: Call, contact: ContactRecord) =>
  contactView(contact, store, ownLocation(identity));

function createContact(call: Call): Answer {
  const { store } = call;
  const input = inputOf(call.body);
  checkedLocation(call, input['locationId']);
  const known = sameAddress(call, input, undefined);
  if (known !== undefined) return duplicateAnswer(known.id, 'email');
  const draft = emptyContact();
  const { mail } = changeContact(draft, input, ['locationId', 'name', 'gender'], store);
  const contact = store.contacts.create((id) => ({ ...draft, id }));
  if (mail !== undefined) carryOut(mail, contact, store);
  call.effect({ operation: 'CreateContact', contactId: contact.id, args: { ...input } });
  return { status: 201, body: { contact: viewOf(call, contact) } };
}

function updateContact(call: Call): Answer {
  const contact = contactOf(call);
  const input = inputOf(call.body);
  const known = sameAddress(call, input, contact.id);
  if (known !== undefined) return duplicateAnswer(known.id, 'email');
  const change = changeContact(contact, input, ['name'], call.store);
  if (!isEmpty(change)) {
    call.store.contacts.changed(contact);
    logChange(call, contact, input, change);
  }
  return { status: 200, body: { succeded: true, contact: viewOf(call, contact) } };
}

/** Values of unknown fields alone change nothing, and the vendor says that it succeeded. */
const isEmpty = ({ properties, fields }: Change): boolean =>
  fields.length === 0 && properties.every((name) => name === 'customFields');

/** A request about one custom field is the setting of its value, and one about mail the setting of the opt-in. */
function logChange(call: Call, contact: ContactRecord, input: Input, { properties, fields, mail }: Change): void {
  const contactId = contact.id;
  const optIn = mail === undefined ? undefined : carryOut(mail, contact, call.store);
  if (optIn !== undefined) call.effect({ operation: 'SetOptInStatus', contactId, args: optIn });
  if (properties.join() === 'dndSettings') return;
  const [only, another] = fields;
  if (properties.join() === 'customFields' && only !== undefined && another === undefined) {
    call.effect({ operation: 'SetContactFieldValue', contactId, args: { ...only } });
    return;
  }
  const args = Object.fromEntries(properties.map((name) => [name, name === 'customFields' ? fields : input[name]]));
  call.effect({ operation: 'UpdateContact', contactId, args });
}

function deleteContact(call: Call): Answer {
  const { id } = contactOf(call);
  call.store.deleteContact(id);
  call.effect({ operation: 'DeleteContact', contactId: id, args: {} });
  return { status: 200, body: { succeded: true } };
}

function sameAddress({ store }: Call, input: Input, ownId: string | undefined): ContactRecord | undefined {
  const address = text(input, 'email')?.trim() ?? '';
  return address === '' ? undefined : store.contacts.withAddress(address).find(({ id }) => id !== ownId);
}
