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
