/** Where a browser may be sent after an OAuth round trip. */
export interface RedirectPolicy {
  /** The web client's address; relative targets are resolved against it. */
  appUrl: string;
  /** Further origins a caller may name, such as `https://admin.example.com`. */
  allowedOrigins: readonly string[];
}

/**
 * Resolves a redirect target that a caller asked for.
 * An open redirect would hand the result of a sign-in to anybody who can write a link, so only the web client's own
 * origin and the configured ones are accepted.
 * @returns the absolute address, or null when the target is not allowed
 */
export function resolveRedirectTarget(target: string, policy: RedirectPolicy): string | null {
  // Browsers read a backslash as a slash and skip control characters: both turn a harmless looking path into a host.
  // An address is printable ASCII; everything else arrives percent-encoded.
  if (/[^!-~]|\\/.test(target)) return null;
  if (target.startsWith('//')) return null;
  const url = parse(target, policy.appUrl);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return null;
  if (url.username !== '' || url.password !== '') return null;
  const origins = [policy.appUrl, ...policy.allowedOrigins].map((allowed) => new URL(allowed).origin);
  return origins.includes(url.origin) ? url.href : null;
}

function parse(target: string, base: string): URL | null {
  // Without a leading slash a text is only taken when it is absolute: `evil.example` must not become a path.
  if (!target.startsWith('/') && !/^https?:\/\//i.test(target)) return null;
  return URL.canParse(target, base) ? new URL(target, base) : null;
}

/** Adds the outcome of an OAuth round trip to the address the browser returns to. */
export function withOutcome(target: string, outcome: Record<string, string>): string {
  const url = new URL(target);
  for (const [name, value] of Object.entries(outcome)) url.searchParams.set(name, value);
  return url.href;
}
