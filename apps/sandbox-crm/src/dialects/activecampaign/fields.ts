import type { Answer } from '../../server/answer.js';
import type { CustomFieldRecord } from '../../store/records.js';
import type { Call, Operation } from '../dialect.js';
import { text } from '../input.js';
import { fieldOf, setField } from './contact-change.js';
import { contactWithId, logChange } from './contacts.js';
import { optionsOf, typeOf, valueId } from './field-forms.js';
import { accountTime, idIn, pageOf, wrapped } from './wire.js';
import { BEGINNING } from '../../seed/seed-catalogue.js';

export const fieldOperations: readonly Operation[] = [
  { method: 'GET', path: '/fields', name: 'GetCustomFields', handle: listFields },
  { method: 'POST', path: '/fieldValues', name: 'SetContactFieldValue', handle: setFieldValue },
];

const OPTIONS_A_FIELD = 100;

function listFields({ query, store }: Call): Answer {
  const { items, meta } = pageOf([...store.customFields.values()], query);
  const fieldOptions = items.flatMap((field) => optionViews(field));
  return { status: 200, body: { fieldOptions, fieldRels: [], fields: items.map(fieldView), meta } };
}

function fieldView(field: CustomFieldRecord): Record<string, unknown> {
  return {
    id: field.id,
    title: field.label,
    type: typeOf(field),
    perstag: field.name.toUpperCase(),
    defval: '',
    isrequired: '0',
    visible: '1',
    options: optionViews(field).map(({ id }) => id),
    relations: [],
    cdate: accountTime(BEGINNING),
    udate: accountTime(BEGINNING),
    links: {},
  };
}

function optionViews(field: CustomFieldRecord) {
  return optionsOf(field).map(({ id, label }) => ({
    id: String(Number(field.id) * OPTIONS_A_FIELD + Number(id)),
    field: field.id,
    value: label,
    label,
    orderid: id,
    isdefault: '0',
  }));
}

function setFieldValue(call: Call): Answer {
  const { store } = call;
  const input = wrapped(call.body, 'fieldValue');
  const contact = contactWithId(store, idIn(input, 'contact'));
  const field = fieldOf(store, idIn(input, 'field'));
  const value = text(input, 'value') ?? '';
  const fields = setField(contact, field, value);
  store.contacts.changed(contact);
  logChange(call, contact.id, { properties: {}, fields });
  const fieldValue = { id: valueId(contact, field.id), contact: contact.id, field: field.id, value, owner: contact.id };
  return { status: 200, body: { contacts: [], fieldValue } };
}
