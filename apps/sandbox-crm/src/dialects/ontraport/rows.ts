/** A record as Ontraport tells it: every value is a text, and what has no value is ''. */
export type Row = Record<string, string>;

/** Whole seconds since 1970. */
export function seconds(time: number): string {
  return String(Math.floor(time / 1000));
}

/** A text, a number or a flag as a text, null as ''; undefined for what is none of them. */
export function scalar(value: unknown): string | undefined {
  if (value === null) return '';
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}

const SEPARATOR = '*/*';

export function delimited(ids: readonly string[]): string {
  return ids.length === 0 ? '' : SEPARATOR + ids.join(SEPARATOR) + SEPARATOR;
}

export function partsOf(text: string): string[] {
  return text.split(SEPARATOR).filter((part) => part !== '');
}
