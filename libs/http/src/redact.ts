/** Keys and webhook addresses travel as path segments, too: long random texts, and people's addresses. */
const SECRET_SEGMENT = /@|%40|^(?=.*\d)[\w-]{20,}$|^[A-Za-z_]+_[\w-]{12,}$/i;

const MASK = '***';

/** Segments that look like keys, tokens or addresses are masked. */
function redactPath(pathname: string): string {
  return pathname
    .split('/')
    .map((segment) => (SECRET_SEGMENT.test(segment) ? MASK : segment))
    .join('/');
}

/**
 * A URL as it may be logged: without user, password and fragment, with every query value masked, because queries carry
 * keys at some vendors and people's addresses at others, and with those segments of the path masked that look like
 * keys or addresses.
 */
export function redactUrl(url: string): string {
  const parsed = URL.parse(url);
  if (parsed === null) return '(invalid URL)';
  const names = [...parsed.searchParams.keys()].map((name) => `${encodeURIComponent(name)}=${MASK}`);
  return `${parsed.origin}${redactPath(parsed.pathname)}${names.length > 0 ? `?${names.join('&')}` : ''}`;
}
