import type { Answer } from '../../server/answer.js';
import { one } from '../../server/form.js';
import type { CustomFieldRecord } from '../../store/records.js';
import type { Call, Operation } from '../dialect.js';
import { DATA_TYPES, picklistOf } from './custom-values.js';
import { notFound } from './errors.js';
import { pathLocation } from './location.js';

export const customFieldOperations: readonly Operation[] = [
  { method: 'GET', path: '/locations/:location_id/customFields', name: 'GetCustomFields', handle: listFields },
  { method: 'GET', path: '/locations/:location_id/customFields/:field', name: 'GetCustomField', handle: getField },
];

const keyOf = ({ label }: CustomFieldRecord): string => `contact.${label.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_')}`;

function fieldView(field: CustomFieldRecord, position: number, locationId: string): Record<string, unknown> {
  const picklistOptions = picklistOf(field);
  return {
    id: field.id,
    name: field.label,
    fieldKey: keyOf(field),
    dataType: DATA_TYPES[field.type],
    position: position * 50,
    model: 'contact',
    locationId,
    ...(picklistOptions.length > 0 && { picklistOptions }),
  };
}

/** Opportunities have no fields of their own here. */
function listFields(call: Call): Answer {
  const locationId = pathLocation(call);
  const fields = one(call.query, 'model') === 'opportunity' ? [] : [...call.store.customFields.values()];
  const customFields = fields.map((field, position) => fieldView(field, position, locationId));
  return { status: 200, body: { customFields } };
}

function getField(call: Call): Answer {
  const locationId = pathLocation(call);
  const wanted = call.params['field'] ?? '';
  const field = [...call.store.customFields.values()].find((each) => each.id === wanted || keyOf(each) === wanted);
  if (field === undefined) throw notFound('Custom field', wanted);
  return { status: 200, body: { customField: fieldView(field, 0, locationId) } };
}
