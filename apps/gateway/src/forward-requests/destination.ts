import { Problem } from '#contracts';

const refused = (): Problem => new Problem(400, 'request.invalid_path', 'The path holds parts that are not allowed');

/**
 * The path and query that a service gets. It was routed as it is written, so it must not mean another place to
 * whoever reads it after us.
 * @throws Problem 400 for `..` in any spelling, control characters and broken escapes
 */
export function checkedDestination(url: string): string {
  if (!url.includes('%') && !url.includes('..') && !url.includes('\\')) return url;
  const [path = ''] = url.split('?', 1);
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    throw refused();
  }
  const parts = decoded.replaceAll('\\', '/').split('/');
  if (parts.includes('..') || hasControls(decoded)) throw refused();
  return url;
}

const hasControls = (text: string): boolean => [...text].some((character) => character < ' ');
