import { z } from 'zod';

const LONGEST = 1_000;

/**
 * Where the web client wants to be returned to. A browser reads `//host` and `/\host` as another host, so only paths
 * of printable characters that begin with one slash are taken.
 */
export const ReturnPath = z
  .string()
  .max(LONGEST)
  .regex(/^\/(?!\/)[!-[\]-~]*$/, 'must be a path of the web client that begins with one slash, such as /settings');

/** A page of the web client with a further parameter. @param query is taken as it is: providers fill in placeholders */
export function appPage(appUrl: string, path: string, query: string): string {
  const [page = '', ...fragment] = path.split('#');
  const joined = `${page}${page.includes('?') ? '&' : '?'}${query}`;
  return appUrl + [joined, ...fragment].join('#');
}
