const SECRET_HEADER =
  /^(authorization|proxy-authorization|cookie|set-cookie)$|token|secret|key|password|signature|appid/i;

/** Keys and webhook addresses travel as path segments, too: long random texts, and people's addresses. */
const SECRET_SEGMENT = /@|%40|^(?=.*\d)[\w-]{20,}$|^[A-Za-z_]+_[\w-]{12,}$/i;

const MASK = '***';

/** Headers as they may be logged: values that could sign a request are masked, names stay. */
export function redactHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, SECRET_HEADER.test(name) ? MASK : value]),
  );
}

/** A path as it may be logged: segments that look like keys, tokens or addresses are masked. */
export function redactPath(pathname: string): string {
  return pathname
    .split('/')
    .map((segment) => (SECRET_SEGMENT.test(segment) ? MASK : segment))
    .join('/');
}

/**
 * A URL as it may be logged: without user, password and fragment, with every query value masked, because queries carry
 * keys at some vendors and people's addresses at others, and with the path as in {@link redactPath}.
 */
export function redactUrl(url: string): string {
  const parsed = URL.parse(url);
  if (parsed === null) return '(invalid URL)';
  const names = [...parsed.searchParams.keys()].map((name) => `${encodeURIComponent(name)}=${MASK}`);
  return `${parsed.origin}${redactPath(parsed.pathname)}${names.length > 0 ? `?${names.join('&')}` : ''}`;
}
