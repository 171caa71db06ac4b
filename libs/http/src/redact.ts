const SECRET_HEADER =
  /^(authorization|proxy-authorization|cookie|set-cookie)$|token|secret|key|password|signature|appid/i;

/** Headers as they may be logged: values that could sign a request are masked, names stay. */
export function redactHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, SECRET_HEADER.test(name) ? '********' : value]),
  );
}

/**
 * A URL as it may be logged: without user, password and fragment, and with every query value masked, because queries
 * carry keys at some vendors and people's addresses at others.
 */
export function redactUrl(url: string): string {
  const parsed = URL.parse(url);
  if (parsed === null) return '(invalid URL)';
  const names = [...parsed.searchParams.keys()].map((name) => `${encodeURIComponent(name)}=***`);
  return `${parsed.origin}${parsed.pathname}${names.length > 0 ? `?${names.join('&')}` : ''}`;
}
