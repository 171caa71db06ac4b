import { createHmac, randomInt } from 'node:crypto';

const COUNT = 10;
const HALF = 5;
/** Without look-alikes: people copy these codes from paper. */
const ALPHABET = '23456789abcdefghjkmnpqrstuvwxyz';

const half = (): string => Array.from({ length: HALF }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');

/** Ten codes of 49 bits each, every one good for one sign-in without the authenticator app. */
export const newRecoveryCodes = (): string[] => Array.from({ length: COUNT }, () => `${half()}-${half()}`);

/** The code however somebody typed it; undefined for what cannot be one. */
export function typedRecoveryCode(text: string): string | undefined {
  const letters = text.toLowerCase().replace(/[\s-]/g, '');
  if (letters.length !== 2 * HALF || [...letters].some((letter) => !ALPHABET.includes(letter))) return undefined;
  return `${letters.slice(0, HALF)}-${letters.slice(HALF)}`;
}

/** What is stored of a code: useless without the installation's key, and for every other user. */
export const recoveryCodeHash = (key: Uint8Array, userId: string, code: string): string =>
  createHmac('sha256', key).update(`recovery-code\0${userId}\0${code}`).digest('hex');
