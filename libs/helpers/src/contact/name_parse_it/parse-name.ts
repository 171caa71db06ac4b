/** The parts of a person's name; what the name does not have is absent. */
export interface ParsedName {
  title?: string;
  first?: string;
  last?: string;
  suffix?: string;
}

const TITLES: ReadonlySet<string> = new Set(
  'mr mrs ms miss mx dr prof professor rev reverend hon sir dame lady lord'.split(' '),
);
const SUFFIXES: ReadonlySet<string> = new Set('jr sr ii iii iv v phd md esq dds'.split(' '));

/** As words are compared: without dots and commas, in lower case. */
const plain = (word: string): string => word.replace(/[.,]/g, '').toLowerCase();
const isTitle = (word: string): boolean => TITLES.has(plain(word));
const isSuffix = (word: string): boolean => SUFFIXES.has(plain(word));
const wordsOf = (text: string): string[] => text.split(/\s+/u).filter((word) => word !== '');
const joined = (words: readonly string[]): string | undefined => (words.length === 0 ? undefined : words.join(' '));

/** Takes leading titles off; one word always stays. */
function takeTitles(words: string[]): string[] {
  const titles: string[] = [];
  while (words.length > 1 && isTitle(words[0] ?? '')) titles.push(...words.splice(0, 1));
  return titles;
}

/** Takes trailing suffixes off, in their order, as long as more words than `atLeast` are there. */
function takeSuffixes(words: string[], atLeast: number): string[] {
  const suffixes: string[] = [];
  while (words.length > atLeast && isSuffix(words.at(-1) ?? '')) suffixes.unshift(...words.splice(-1));
  return suffixes;
}

const withoutEmpty = (name: Record<keyof ParsedName, string | undefined>): ParsedName =>
  Object.fromEntries(Object.entries(name).filter(([, part]) => part !== undefined));

/** `Ada King Lovelace`, with its titles and suffixes already gone. */
function inOrder(words: readonly string[], titles: string[], suffixes: string[]): ParsedName {
  const [first, ...last] = words;
  // What follows a title alone is a family name: Dr. Smith.
  const isFamilyName = titles.length > 0 && last.length === 0;
  return withoutEmpty({
    title: joined(titles),
    first: isFamilyName ? undefined : first,
    last: isFamilyName ? first : joined(last),
    suffix: joined(suffixes),
  });
}

/** `Lovelace, Ada King`. */
function lastFirst(before: string[], given: string[], more: string[]): ParsedName {
  const titles = [...takeTitles(before), ...takeTitles(given)];
  const suffixes = [...takeSuffixes(before, 1), ...takeSuffixes(given, 1), ...more];
  return withoutEmpty({
    title: joined(titles),
    first: joined(given),
    last: joined(before),
    suffix: joined(suffixes),
  });
}

/**
 * Splits a full name. Titles come off its front and suffixes off its end: a suffix without a comma only where more
 * than two words are left, because `Smith Jr` may be a full name. The first word is the first name, all others the
 * last name. A comma separates suffixes, or else the last name from the first: `Lovelace, Ada`.
 * @returns nothing for a blank text
 */
export function parseName(text: string): ParsedName {
  const segments = text
    .split(',')
    .map(wordsOf)
    .filter((words) => words.length > 0);
  const [words = [], ...rest] = segments;
  const suffixSegments = rest.filter((segment) => segment.every(isSuffix)).flat();
  const [given, ...others] = rest.filter((segment) => !segment.every(isSuffix));
  if (given !== undefined) return lastFirst(words, [...given, ...others.flat()], suffixSegments);
  const titles = takeTitles(words);
  const suffixes = [...takeSuffixes(words, 2), ...suffixSegments];
  return inOrder(words, titles, suffixes);
}
