import type { CrmStore } from '../../store/crm-store.js';
import type { ContactRecord, FieldType } from '../../store/records.js';
import { byNumber, byText, holds, type Criterion } from './filter.js';

const NUMERIC: ReadonlySet<FieldType> = new Set(['whole_number', 'decimal', 'currency', 'percent']);

/** Filters by a custom field's name, with the operators that the field's type has. */
export function customFieldCriterion(store: CrmStore): Criterion<ContactRecord> {
  return (condition) => {
    const name = condition.field.toLowerCase();
    const field = [...store.customFields.values()].find((candidate) => candidate.name.toLowerCase() === name);
    if (field === undefined) return undefined;
    const valueOf = (contact: ContactRecord) => contact.fields[field.id];
    if (NUMERIC.has(field.type)) return byNumber<ContactRecord>((contact) => numberOf(valueOf(contact)))(condition);
    if (field.type === 'date' || field.type === 'date_time') {
      return dateCriterion((contact) => valueOf(contact))(condition);
    }
    if (field.type === 'multi_choice') {
      return condition.operator === '==' ? (contact) => [valueOf(contact)].flat().includes(condition.value) : undefined;
    }
    if (field.type === 'yes_no') {
      return condition.operator === '==' ? (contact) => valueOf(contact) === (condition.value === '1') : undefined;
    }
    return byText<ContactRecord>((contact) => String(valueOf(contact) ?? ''))(condition);
  };
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** Dates are compared with a whole date-time; a bare date is refused. */
function dateCriterion(read: (contact: ContactRecord) => unknown): Criterion<ContactRecord> {
  return ({ operator, value }) => {
    const wanted = value.includes('T') ? Date.parse(value) : Number.NaN;
    if (Number.isNaN(wanted) || operator === '!=') return undefined;
    return (contact) => {
      const actual = read(contact);
      return typeof actual === 'string' && holds(Date.parse(actual), operator, wanted);
    };
  };
}
