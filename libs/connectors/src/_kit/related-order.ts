import type { RelatedRecord } from './contact.js';

/** The member that dates a record; each kind has one of them. */
const DATES = ['DateCreated', 'PayDate', 'StartDate'] as const;

/** Oldest first by the record's own date, ties by id (numbers by value); records without a date come last. */
export function oldestFirst(records: readonly RelatedRecord[]): RelatedRecord[] {
  const dated = records.map((record) => ({ record, at: dateOf(record) }));
  dated.sort((a, b) => a.at - b.at || compareIds(a.record['Id'], b.record['Id']));
  return dated.map(({ record }) => record);
}

function dateOf(record: RelatedRecord): number {
  for (const name of DATES) {
    const value = record[name];
    if (typeof value !== 'string') continue;
    const time = Date.parse(value);
    if (!Number.isNaN(time)) return time;
  }
  return Number.MAX_SAFE_INTEGER;
}

function compareIds(a: unknown, b: unknown): number {
  return String(a).localeCompare(String(b), 'en', { numeric: true });
}
