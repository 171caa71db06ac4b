/** Straight and typographic apostrophe. */
const APOSTROPHES: ReadonlySet<string> = new Set(["'", '\u2019']);

const isLetter = (character: string): boolean => /\p{L}/u.test(character);
const separatesWords = (character: string): boolean => /[\p{White_Space}-]/u.test(character);

function letters(characters: readonly string[], from: number, direction: 1 | -1): number {
  let count = 0;
  for (let index = from; index >= 0 && index < characters.length; index += direction) {
    const character = characters[index] ?? '';
    if (separatesWords(character)) break;
    if (isLetter(character)) count += 1;
  }
  return count;
}

/** In O'Brien and D'Arcy the name goes on with a capital; in it's, I'm and I'll it does not. */
const isNamePrefix = (characters: readonly string[], apostrophe: number): boolean =>
  letters(characters, apostrophe - 1, -1) === 1 && letters(characters, apostrophe + 1, 1) >= 3;

function startsUpper(characters: readonly string[], index: number): boolean {
  const before = characters[index - 1];
  if (before === undefined || separatesWords(before)) return true;
  return APOSTROPHES.has(before) && isNamePrefix(characters, index - 1);
}

/** `ß` at the start of a word becomes `Ss`, not `SS`. */
function capital(character: string): string {
  const [first = '', ...rest] = character.toUpperCase();
  return first + rest.join('').toLowerCase();
}

/**
 * Upper case for the first letter of each word, lower case for all others. Words begin at the start, after white
 * space, after a hyphen, and after the apostrophe of a name; a full stop, slash or bracket begins none.
 */
export function titleCase(text: string): string {
  const characters = [...text];
  const mapped = characters.map((character, index) =>
    startsUpper(characters, index) ? capital(character) : character.toLowerCase(),
  );
  // Letter by letter, a sigma does not know that it ends its word.
  return mapped.join('').replace(/(?<=\p{L})\u03c3(?!\p{L})/gu, '\u03c2');
}
