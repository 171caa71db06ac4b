import { createHash, createHmac, randomInt } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { HelperCrypto } from '#helpers';
import type { Sealer } from '#sealing';

/** As many different numbers as the generator can draw at once. */
const STEPS = 2 ** 48 - 1;

/** A number from 0 up to 1 that nobody can foresee. */
export const strongRandom = (): number => randomInt(STEPS) / STEPS;

/** The hashes that helpers may use, and seals that open for the account of the run only. */
export const helperCrypto = (sealer: Sealer, accountId: string): HelperCrypto => ({
  sha256: (text, encoding) => createHash('sha256').update(text, 'utf8').digest(encoding),
  hmacSha256: (secret, text, encoding) => createHmac('sha256', secret).update(text, 'utf8').digest(encoding),
  encode: (text, encoding) => Buffer.from(text, 'utf8').toString(encoding),
  gzip: (text) => promisify(gzip)(text),
  seal: (text) => sealer.seal(text, accountId),
  unseal: (sealed) => sealer.open(sealed, accountId),
});
