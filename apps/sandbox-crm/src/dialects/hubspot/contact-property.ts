import type { CrmStore } from '../../store/crm-store.js';
import type { ContactRecord } from '../../store/records.js';

export interface WireOption {
  label: string;
  value: string;
}

/** A property of contacts: how it is described, read and written. */
export interface ContactProperty {
  name: string;
  label: string;
  type: 'string' | 'number' | 'date' | 'datetime' | 'bool' | 'enumeration' | 'phone_number';
  fieldType: string;
  own: boolean;
  options: readonly WireOption[];
  read: (contact: ContactRecord, store: CrmStore) => string;
  /** Absent for what can only be read. */
  write?: (draft: ContactRecord, value: string, store: CrmStore) => void;
}
