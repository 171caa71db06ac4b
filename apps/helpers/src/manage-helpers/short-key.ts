import { randomInt } from 'node:crypto';

/** Letters and digits that nobody confuses when reading them aloud or from a screen. */
const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789';
const LENGTH = 12;

/** A new short key of a helper: 12 characters, safe in a URL. */
export const newShortKey = (): string =>
  Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
