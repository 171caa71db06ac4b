/**
 * Clients rewrite object keys between camelCase and snake_case, also keys that are data: `Monday` arrives as
 * `_monday`, `US` as `_u_s`. Such keys are compared without underscores and letter case.
 */
export const dataKey = (key: string): string => key.replaceAll('_', '').toLowerCase();

/** The value under a data key, however the key was rewritten; an exact key wins. */
export function byDataKey<Value>(map: Readonly<Record<string, Value>>, key: string): Value | undefined {
  if (Object.hasOwn(map, key)) return map[key];
  const wanted = dataKey(key);
  return Object.entries(map).find(([each]) => dataKey(each) === wanted)?.[1];
}

/** A key that counts letter by letter, as a client rewrites it: `New York` arrives as `_new _york`. */
const rewritten = (key: string): string => key.replace(/\p{Lu}/gu, (letter) => `_${letter.toLowerCase()}`);

/** The value under a key whose letter case counts, also when a client rewrote the key; an exact key wins. */
export function byExactKey<Value>(map: Readonly<Record<string, Value>>, key: string): Value | undefined {
  if (Object.hasOwn(map, key)) return map[key];
  const other = rewritten(key);
  return Object.hasOwn(map, other) ? map[other] : undefined;
}

/** The key that a client rewrote: `_google` was `Google`. */
export const originalKey = (key: string): string =>
  key.replace(/_(\p{Ll})/gu, (_, letter: string) => letter.toUpperCase());
