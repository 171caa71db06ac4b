import { createHmac } from 'node:crypto';

/** What some matchers need to know beyond the value they look at. */
export interface MatchContext {
  /** Body of the request that the value belongs to, or of the last one. */
  requestBody?: string;
}

type Compare = (expected: unknown, actual: unknown) => string[];
type Matcher = (wanted: unknown, actual: unknown, context: MatchContext, compare: Compare) => string[];

const fails = (what: string, actual: unknown): string[] => [`${what}, but is ${show(actual)}`];

export const show = (value: unknown): string => {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parsed(text: unknown): unknown {
  if (typeof text !== 'string') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON: no matcher of JSON text holds.
    return undefined;
  }
}

/** Expected keys and items must be there, deep down; more is allowed. */
function includes(wanted: unknown, actual: unknown, compare: Compare): string[] {
  if (!isObject(wanted) || Object.keys(wanted).some((key) => key.startsWith('$'))) return compare(wanted, actual);
  if (!isObject(actual)) return fails('should be an object', actual);
  return Object.entries(wanted).flatMap(([key, value]) =>
    includes(value, actual[key], compare).map((problem) => `.${key} ${problem}`),
  );
}

function signedUrl(wanted: unknown, actual: unknown, compare: Compare): string[] {
  const { prefix, claims } = wanted as { prefix: string; claims: unknown };
  if (typeof actual !== 'string' || !actual.startsWith(prefix)) return fails(`should begin with ${prefix}`, actual);
  const [header, payload, signature] = actual.slice(prefix.length).split('.');
  const decode = (part = ''): unknown => parsed(Buffer.from(part, 'base64url').toString());
  if (signature === undefined || !isObject(decode(header)) || (decode(header) as { alg?: string }).alg !== 'HS256') {
    return fails('should end in an HS256 token', actual);
  }
  return compare(claims, decode(payload));
}

/** Escapes that are not needed (`\\-`) are only refused by the Unicode form. */
function pattern(wanted: unknown): RegExp {
  try {
    return new RegExp(String(wanted), 'u');
  } catch {
    return new RegExp(String(wanted));
  }
}

/** Rows as sets of cells: the order of rows counts, that of columns does not. */
const sortedCells = (csv: string): string =>
  csv
    .trim()
    .split(/\r?\n/)
    .map((row) => row.split(',').sort().join(','))
    .join('\n');

const MATCHERS: Readonly<Record<string, Matcher>> = {
  $match: (wanted, actual) => {
    const text = typeof actual === 'string' ? actual : JSON.stringify(actual);
    return text !== undefined && pattern(wanted).test(text) ? [] : fails(`should match ${String(wanted)}`, actual);
  },
  $gte: (wanted, actual) =>
    Number(actual) >= Number(wanted) ? [] : fails(`should not be below ${String(wanted)}`, actual),
  $nonfinite: (_, actual) =>
    typeof actual === 'number' && Number.isFinite(actual) ? fails('should be no finite number', actual) : [],
  $includes: (wanted, actual, _, compare) => includes(wanted, actual, compare),
  $json_includes: (wanted, actual, _, compare) => includes(wanted, parsed(actual), compare),
  $ascii_json_includes: (wanted, actual, _, compare) =>
    typeof actual === 'string' && [...actual].every((character) => character.charCodeAt(0) < 128)
      ? includes(wanted, parsed(actual), compare)
      : fails('should be ASCII', actual),
  $hmac_sha256_base64_of_body: (secret, actual, { requestBody = '' }) =>
    actual === createHmac('sha256', String(secret)).update(requestBody).digest('base64')
      ? []
      : fails('should be the signature of the body', actual),
  $json_text_of_request_body: (_, actual, { requestBody }, compare) => compare(parsed(requestBody), parsed(actual)),
  $signed_url: (wanted, actual, _, compare) => signedUrl(wanted, actual, compare),
  $platform_setting: (wanted, actual) =>
    typeof actual === 'string' && actual !== '' ? [] : fails(`should be the setting ${String(wanted)}`, actual),
  $text_containing: (wanted, actual) =>
    [wanted].flat().every((part) => typeof actual === 'string' && actual.includes(String(part)))
      ? []
      : fails(`should contain ${show(wanted)}`, actual),
  $csv_rows_any_column_order: (wanted, actual) =>
    sortedCells([wanted].flat().join('\n')) === sortedCells(String(actual))
      ? []
      : fails('should hold other rows', actual),
};

/**
 * Applies the matcher that an expected value is.
 * @returns null when it is none
 */
export function matched(expected: unknown, actual: unknown, context: MatchContext, compare: Compare): string[] | null {
  if (!isObject(expected)) return null;
  const [name, ...more] = Object.keys(expected);
  if (name?.startsWith('$') !== true || more.length > 0) return null;
  const matcher = MATCHERS[name];
  return matcher === undefined
    ? [`this runner does not know the matcher ${name}`]
    : matcher(expected[name], actual, context, compare);
}
