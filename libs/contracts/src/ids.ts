import { v7 as uuidv7, parse as parseUuid } from 'uuid';

/** Entities whose ids existing clients know: `kind:` + UUIDv7. */
const COLON_KINDS = ['user', 'account', 'helper', 'exec', 'connection', 'apikey', 'state', 'auth'] as const;
/** Entities that came later: `kind_` + UUIDv7 as 26 lower-case base32 characters. */
const UNDERSCORE_KINDS = [
  'ses',
  'dlq',
  'evt',
  'rsv',
  'aud',
  'run',
  'tkt',
  'trg',
  'email',
  'inv',
  'ers',
  'grant',
] as const;

export type IdKind = (typeof COLON_KINDS)[number] | (typeof UNDERSCORE_KINDS)[number];

const BASE32 = '0123456789abcdefghjkmnpqrstvwxyz';
const colonKinds: ReadonlySet<string> = new Set(COLON_KINDS);

/** Crockford base32, lower case, most significant bits first, so that text order is time order. */
function base32(bytes: Uint8Array): string {
  let bits = 0;
  let pending = 0;
  let text = '';
  for (const byte of bytes) {
    pending = (pending << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += BASE32[(pending >>> bits) & 31];
    }
    pending &= (1 << bits) - 1;
  }
  return bits > 0 ? text + BASE32[(pending << (5 - bits)) & 31] : text;
}

/**
 * Makes a new id. Ids of one kind sort by the time they were made (UUIDv7, monotonic within a process).
 * @returns `kind:<uuid>` for entities of the original contract, `kind_<base32>` for all others
 */
export function newId(kind: IdKind): string {
  const uuid = uuidv7();
  return colonKinds.has(kind) ? `${kind}:${uuid}` : `${kind}_${base32(parseUuid(uuid))}`;
}

/** Whether `text` has the form of an id at the edge; says nothing about its existence. */
export const isId = (text: string): boolean => /^[a-z]{3,12}[:_][A-Za-z0-9-]{10,64}$/.test(text);
