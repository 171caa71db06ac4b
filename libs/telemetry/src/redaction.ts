const HIDDEN = '[hidden]';

/** Names of fields that are never written, compared in lower case without `-` and `_`. */
const SECRET_NAMES = new Set([
  'authorization',
  'proxyauthorization',
  'xapikey',
  'apikey',
  'xinternaltoken',
  'cookie',
  'setcookie',
  'password',
  'newpassword',
  'currentpassword',
  'passwordhash',
  'secret',
  'clientsecret',
  'token',
  'accesstoken',
  'refreshtoken',
  'idtoken',
  'mfatoken',
  'credentials',
  'sealed',
  'privatekey',
  'codeverifier',
]);

/** API keys, refresh tokens, bearer tokens, JWTs and passwords in URLs, wherever they stand in a text. */
const SECRET_TEXT =
  /mfh_(?:live|test)_[0-9a-f]{6,}|mfr_[\w-]{8,}|\bBearer\s+[\w.~+/=-]{8,}|\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*|(?<=:\/\/[^/\s:@]{0,64}:)[^@\s/]{1,256}(?=@)/g;

/** Replaces secrets inside a text; everything else stays. */
export const redactText = (text: string): string => text.replace(SECRET_TEXT, HIDDEN);

const isSecretName = (name: string): boolean => SECRET_NAMES.has(name.toLowerCase().replace(/[-_]/g, ''));

const MAX_DEPTH = 8;

/**
 * A copy of a value that may be logged: secret fields and secret-looking texts are hidden, errors become
 * `{type, message, stack, cause}`, cycles and great depth are cut.
 */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MAX_DEPTH) return '[deep]';
  if (value instanceof Date) return value;
  if (value instanceof Uint8Array) return `[${value.byteLength} bytes]`;
  if (value instanceof Error) return redactError(value, depth);
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  const copy: Record<string, unknown> = {};
  for (const [name, item] of Object.entries(value)) {
    copy[name] = isSecretName(name) && item !== undefined && item !== null ? HIDDEN : redact(item, depth + 1);
  }
  return copy;
}

function redactError(error: Error, depth: number): Record<string, unknown> {
  const { code } = error as { code?: unknown };
  return {
    type: error.name,
    message: redactText(error.message),
    ...((typeof code === 'string' || typeof code === 'number') && { code }),
    ...(error.stack !== undefined && { stack: redactText(error.stack) }),
    ...(error.cause !== undefined && { cause: redact(error.cause, depth + 1) }),
  };
}
