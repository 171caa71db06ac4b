const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Brings one option of every item of a list under its own name: clients rewrite `redirectUrl` to `redirect_url` on the
 * way, and back. A value under the name itself wins; what is no list stays for validation to find.
 */
export function renameInList(list: unknown, alias: string, name: string): unknown {
  if (!Array.isArray(list)) return list;
  return list.map((item: unknown) => {
    if (!isObject(item) || !Object.hasOwn(item, alias)) return item;
    const { [alias]: value, ...rest } = item;
    return { [name]: value, ...rest };
  });
}
