/** Reads the forms in which people and systems write instants; text without a zone is UTC. Undefined for others. */
export function parseInstant(text: string): Date | undefined {
  const trimmed = text.trim();
  const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(trimmed);
  if (american !== null) return calendarDate(Number(american[3]), Number(american[1]), Number(american[2]));
  const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(trimmed);
  if (day !== null) return calendarDate(Number(day[1]), Number(day[2]), Number(day[3]));
  if (!/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?$/i.test(trimmed)) return undefined;
  const zoned = /(Z|[+-]\d{2}:?\d{2})$/i.test(trimmed) ? trimmed : `${trimmed}Z`;
  const time = Date.parse(zoned.replace(' ', 'T').replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return Number.isNaN(time) ? undefined : new Date(time);
}

/** RFC 3339 in UTC, without a fraction that says nothing. */
export function instantText(instant: Date): string {
  return instant.toISOString().replace('.000Z', 'Z');
}

/** YYYY-MM-DD in UTC. */
export function dateText(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}

/** Undefined for days that do not exist, such as 31 February. */
function calendarDate(year: number, month: number, day: number): Date | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date : undefined;
}
