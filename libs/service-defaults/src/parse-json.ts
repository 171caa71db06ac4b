import { Problem } from '#contracts';

const invalid = (message: string, cause?: unknown): Problem =>
  new Problem(400, 'request.invalid_body', message, { cause });

const QUOTE = 34;
const BACKSLASH = 92;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const COLON = 58;

/** Position of the quote that ends the string which begins at `start`. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; ; at += 1) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at += 1;
    else if (code === QUOTE || Number.isNaN(code)) return at;
  }
}

const isSpace = (code: number): boolean => code === 32 || code === 10 || code === 13 || code === 9;

function isFollowedByColon(text: string, end: number): boolean {
  let at = end + 1;
  while (isSpace(text.charCodeAt(at))) at += 1;
  return text.charCodeAt(at) === COLON;
}

const nameOf = (text: string, start: number, end: number): string => {
  const raw = text.slice(start + 1, end);
  return raw.includes('\\') ? (JSON.parse(text.slice(start, end + 1)) as string) : raw;
};

/**
 * The first name that an object of a valid JSON text holds twice. `JSON.parse` would silently take the last one, so two
 * readers of one body could see different values.
 * @throws Problem 400 for a name with a null character, which would end the name in the database
 */
export function findDuplicateName(text: string): string | undefined {
  const open: (Set<string> | undefined)[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === OPEN_BRACE) open.push(new Set());
    else if (code === OPEN_BRACKET) open.push(undefined);
    else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) open.pop();
    else if (code === QUOTE) {
      const end = endOfString(text, at);
      const names = open.at(-1);
      if (names !== undefined && isFollowedByColon(text, end)) {
        const name = nameOf(text, at, end);
        if (name.includes('\0')) throw invalid('The body holds a name with a null character');
        if (names.has(name)) return name;
        names.add(name);
      }
      at = end;
    }
  }
  return undefined;
}

/** Deeper values overflow what walks them, and the database takes no more than a hundred levels. */
const DEEPEST = 64;

/** Whether a JSON text nests objects and lists deeper than 64 levels. */
export function nestsTooDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (code === OPEN_BRACE || code === OPEN_BRACKET) depth += 1;
    else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) depth -= 1;
    if (depth > DEEPEST) return true;
  }
  return false;
}

/**
 * Reads a JSON body. An absent one counts as `{}`, because browsers send a JSON content type without a body.
 * @throws Problem 400 for broken JSON, duplicate names, names that reach into an object's prototype or hold a null
 *   character, and values that nest too deep
 */
export function parseJsonBody(text: string): unknown {
  if (text.trim() === '') return {};
  if (nestsTooDeep(text)) throw invalid(`The body nests deeper than ${DEEPEST} levels`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw invalid('The body is not valid JSON', cause);
  }
  if (typeof value === 'object' && value !== null) {
    if (text.includes('__proto__')) throw invalid('The body holds a name that is not allowed: __proto__');
    const duplicate = findDuplicateName(text);
    if (duplicate !== undefined) throw invalid(`The body holds "${duplicate.slice(0, 100)}" twice`);
  }
  return value;
}
