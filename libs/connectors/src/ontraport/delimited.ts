const SEPARATOR = '*/*';

/** The parts of a text like `*\/*12*\/*45*\/*`, as tags and lists are kept. */
export function partsOf(text: string | undefined): string[] {
  return (text ?? '').split(SEPARATOR).filter((part) => part !== '');
}

/** The text of some parts; '' of none. */
export function delimited(parts: readonly string[]): string {
  return parts.length === 0 ? '' : SEPARATOR + parts.join(SEPARATOR) + SEPARATOR;
}
