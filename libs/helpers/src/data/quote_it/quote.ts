const DELIMITERS = {
  double: ['"', '"'],
  single: ["'", "'"],
  backtick: ['`', '`'],
  parentheses: ['(', ')'],
  brackets: ['[', ']'],
  braces: ['{', '}'],
} as const;

export const QUOTE_STYLES = ['double', 'single', 'backtick', 'parentheses', 'brackets', 'braces', 'custom'] as const;
export type QuoteStyle = (typeof QUOTE_STYLES)[number];

/** The pair of a style. @param custom of the style `custom` */
export const delimitersOf = (style: QuoteStyle, custom: readonly [string, string]): readonly [string, string] =>
  style === 'custom' ? custom : DELIMITERS[style];

/** Puts a backslash before backslashes and before the quotation marks that the text stands in; other pairs need none. */
function escaped(text: string, mark: string): string {
  if (mark !== '"' && mark !== "'") return text;
  return text.replaceAll('\\', '\\\\').replaceAll(mark, `\\${mark}`);
}

/** Puts a pair of delimiters around a text. */
export function quote(text: string, [left, right]: readonly [string, string], escape: boolean): string {
  return left + (escape ? escaped(text, left) : text) + right;
}
