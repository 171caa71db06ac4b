const LETTERS: Readonly<Record<string, string>> = { ß: 'ss', ø: 'o', Ø: 'O', æ: 'ae', Æ: 'Ae', ł: 'l', Ł: 'L' };

/** A name as it is written where only plain letters are allowed, and as people type it when they search. */
export function plainAscii(name: string): string {
  return name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[ßøØæÆłŁ]/g, (letter) => LETTERS[letter] ?? letter);
}
