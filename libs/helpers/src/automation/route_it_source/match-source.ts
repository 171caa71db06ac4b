import { originalKey } from '../../_kit/config/data-keys.js';

export const MATCH_MODES = ['exact', 'contains', 'starts_with'] as const;
export type MatchMode = (typeof MATCH_MODES)[number];

export interface SourceMatch {
  /** The key as it was configured. */
  key: string;
  url: string;
}

function fits(mode: MatchMode, source: string, key: string): boolean {
  if (mode === 'exact' || key === '') return source === key;
  return mode === 'contains' ? source.includes(key) : source.startsWith(key);
}

/** Longest first, then by letters: the same key wins in every run. */
const byRank = (left: string, right: string): number =>
  right.length - left.length || (left < right ? -1 : Number(left > right));

/**
 * Finds the route of a source. Keys without a URL count as none, the empty key fits the empty source only, and keys
 * that a client rewrote on the way fit as they were written.
 */
export function matchSource(
  routes: Readonly<Record<string, string>>,
  source: string,
  { mode, caseSensitive }: { mode: MatchMode; caseSensitive: boolean },
): SourceMatch | null {
  const fold = (text: string): string => (caseSensitive ? text : text.toLowerCase());
  const keys = Object.keys(routes).filter((key) => (routes[key] ?? '') !== '');
  const find = (keyOf: (key: string) => string): SourceMatch | null => {
    const [key] = keys.filter((each) => fits(mode, fold(source), fold(keyOf(each)))).sort(byRank);
    return key === undefined ? null : { key: keyOf(key), url: routes[key] ?? '' };
  };
  return find((key) => key) ?? find(originalKey);
}
