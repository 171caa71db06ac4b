import type { ContactRecord } from './records.js';

/** A contact of now with nothing set, for dialects to fill; the store gives it its id. */
export function emptyContact(): ContactRecord {
  const now = Date.now();
  return {
    id: '',
    firstName: '',
    lastName: '',
    emails: [],
    phones: [],
    addresses: [],
    companyId: '',
    jobTitle: '',
    website: '',
    birthday: '',
    anniversary: '',
    ownerId: '',
    leadSourceId: '',
    score: 0,
    tags: [],
    fields: {},
    createdAt: now,
    updatedAt: now,
  };
}
