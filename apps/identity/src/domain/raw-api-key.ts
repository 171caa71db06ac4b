import { createHash, randomBytes } from 'node:crypto';

/** The environment of a key is told by its first characters: what a test key asks for is only tried out. */
const PREFIX = { live: 'mfh_live_', test: 'mfh_test_' } as const;
const SHOWN_CHARACTERS = 16;

export interface NewApiKey {
  /** Shown once, stored nowhere. */
  raw: string;
  /** SHA-256 of the whole raw key, hex. */
  hash: string;
  /** Its first characters, by which people tell their keys apart. */
  prefix: string;
}

export const apiKeyHash = (raw: string): string => createHash('sha256').update(raw).digest('hex');

export function newApiKey(kind: keyof typeof PREFIX = 'live'): NewApiKey {
  const raw = `${PREFIX[kind]}${randomBytes(32).toString('hex')}`;
  return { raw, hash: apiKeyHash(raw), prefix: raw.slice(0, SHOWN_CHARACTERS) };
}
