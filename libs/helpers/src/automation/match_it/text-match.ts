import { RE2JS, RE2JSSyntaxException } from 're2js';

export const MATCH_TYPES = ['equals', 'contains', 'starts_with', 'ends_with', 'regex'] as const;

export interface TextPattern {
  type: (typeof MATCH_TYPES)[number];
  pattern: string;
  caseSensitive: boolean;
}

/** Letters of any script without their case: `ß` and `SS`, `ς` and `σ` are the same. */
const fold = (text: string): string => text.toUpperCase().toLowerCase();

/**
 * RE2 runs in linear time, whatever the pattern; it knows neither look-around nor back-references.
 * @returns null when the pattern cannot be read
 */
function compile(pattern: string, caseSensitive: boolean): RE2JS | null {
  try {
    return RE2JS.compile(pattern, caseSensitive ? 0 : RE2JS.CASE_INSENSITIVE);
  } catch (error) {
    if (error instanceof RE2JSSyntaxException) return null;
    throw error;
  }
}

/** Whether a text is a regular expression in RE2 syntax. */
export const isPattern = (pattern: string): boolean => compile(pattern, true) !== null;

/** Whether a text fits; a regular expression may fit anywhere in it. */
export function textMatches({ type, pattern, caseSensitive }: TextPattern, text: string): boolean {
  if (type === 'regex') return compile(pattern, caseSensitive)?.matcher(text).find() ?? false;
  const [whole, part] = caseSensitive ? [text, pattern] : [fold(text), fold(pattern)];
  switch (type) {
    case 'equals':
      return whole === part;
    case 'contains':
      return whole.includes(part);
    case 'starts_with':
      return whole.startsWith(part);
    case 'ends_with':
      return whole.endsWith(part);
  }
}
