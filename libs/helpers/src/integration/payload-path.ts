/** How clients rewrite the keys of objects they send: each capital becomes an underscore and its small letter. */
export const rewrittenKey = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The value under a key of a configuration's map, also when a client has rewritten the map's keys. */
export function byRewrittenKey<Value>(map: Readonly<Record<string, Value>>, key: string): Value | undefined {
  if (Object.hasOwn(map, key)) return map[key];
  const rewritten = rewrittenKey(key);
  return Object.hasOwn(map, rewritten) ? map[rewritten] : undefined;
}

/**
 * Follows a path through objects and, by position, lists. A segment that a client has rewritten still finds its key.
 * @param separator between the segments; empty segments are left out
 * @returns undefined when there is nothing at the path
 */
export function atPayloadPath(payload: unknown, path: string, separator = '.'): unknown {
  let current = payload;
  for (const segment of path.split(separator)) {
    if (segment === '') continue;
    if (typeof current !== 'object' || current === null) return undefined;
    const keys = current as Record<string, unknown>;
    const key = Object.hasOwn(keys, segment)
      ? segment
      : Object.keys(keys).find((each) => rewrittenKey(each) === segment);
    if (key === undefined) return undefined;
    current = keys[key];
  }
  return current === payload ? undefined : current;
}
