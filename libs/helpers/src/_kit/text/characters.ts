let made: Intl.Segmenter | undefined;

/** Made when it is first needed: that takes longer than all it does for one text. */
function segmenter(): Intl.Segmenter {
  made ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return made;
}

/** What people see as one character each: an accented letter, a flag or a family is never taken apart. */
export const graphemes = (text: string): string[] => Array.from(segmenter().segment(text), ({ segment }) => segment);

/** The first characters of a text, however long the rest is. */
export function firstGraphemes(text: string, count: number): string {
  let end = 0;
  let taken = 0;
  for (const { segment } of segmenter().segment(text)) {
    if (taken === count) break;
    end += segment.length;
    taken += 1;
  }
  return text.slice(0, end);
}
