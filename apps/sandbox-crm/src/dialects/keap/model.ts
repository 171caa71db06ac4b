import type { CustomFieldRecord, FieldType } from '../../store/records.js';
import { Refusal, type Call, type Operation } from '../dialect.js';
import { found, inputOf, objects, requiredText } from '../input.js';
import { OPTIONAL_PROPERTIES } from './contact-properties.js';

const TYPES: Readonly<Record<FieldType, string>> = {
  text: 'TEXT',
  long_text: 'TEXT_AREA',
  whole_number: 'WHOLE_NUMBER',
  decimal: 'DECIMAL_NUMBER',
  currency: 'CURRENCY',
  percent: 'PERCENT',
  date: 'DATE',
  date_time: 'DATE_TIME',
  choice: 'DROPDOWN',
  radio: 'RADIO',
  multi_choice: 'LIST_BOX',
  yes_no: 'YES_NO',
  website: 'WEBSITE',
  phone: 'PHONE_NUMBER',
  email: 'EMAIL',
};

export const modelOperations: readonly Operation[] = [
  {
    method: 'GET',
    path: '/contacts/model',
    name: 'GetCustomFields',
    handle: ({ store }) => ({
      status: 200,
      body: {
        custom_fields: Array.from(store.customFields.values(), fieldView),
        optional_properties: OPTIONAL_PROPERTIES,
      },
    }),
  },
  { method: 'POST', path: '/contacts/model/customFields', name: 'CreateCustomField', handle: createField },
  {
    method: 'DELETE',
    path: '/contacts/model/customFields/:custom_field_id',
    name: 'DeleteCustomField',
    handle: deleteField,
  },
];

function fieldView(field: CustomFieldRecord): Record<string, unknown> {
  return {
    id: field.id,
    label: field.label,
    field_name: field.name,
    field_type: TYPES[field.type],
    record_type: 'CONTACT',
    group_id: '1',
    group_name: field.group,
    options: field.options,
  };
}

function createField(call: Call) {
  const input = inputOf(call.body);
  const label = requiredText(input, 'label');
  const wanted = requiredText(input, 'field_type');
  const type = (Object.keys(TYPES) as FieldType[]).find((candidate) => TYPES[candidate] === wanted);
  if (type === undefined) throw new Refusal(400, `field_type ${wanted} is not kept by this CRM`, 'field_type');
  const options = (objects(input, 'options') ?? []).map((option, index) => ({
    id: String(index + 1),
    label: requiredText(option, 'label'),
  }));
  const name = label.replaceAll(/\W/g, '');
  const field = call.store.customFields.create((id) => ({ id, label, name, type, group: 'Custom Fields', options }));
  call.effect({ operation: 'CreateCustomField', args: { field_id: field.id, label, field_type: wanted } });
  return { status: 201, body: fieldView(field) };
}

function deleteField(call: Call) {
  const id = call.params['custom_field_id'] ?? '';
  found(call.store.customFields.get(id), 'CustomField', id);
  call.store.customFields.delete(id);
  for (const contact of call.store.contacts.values()) {
    if (!(id in contact.fields)) continue;
    delete contact.fields[id];
    call.store.contacts.changed(contact);
  }
  call.effect({ operation: 'DeleteCustomField', args: { field_id: id } });
  return { status: 204 };
}
