import { createHash, randomBytes } from 'node:crypto';

const PREFIX = 'mfh_live_';
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

export function newApiKey(): NewApiKey {
  const raw = `${PREFIX}${randomBytes(32).toString('hex')}`;
  return { raw, hash: apiKeyHash(raw), prefix: raw.slice(0, SHOWN_CHARACTERS) };
}
