import { createHash, createHmac } from 'node:crypto';
import type { HelperCrypto } from '#helpers';

/** The hashes that helpers may use. */
export const helperCrypto: HelperCrypto = {
  sha256: (text, encoding) => createHash('sha256').update(text, 'utf8').digest(encoding),
  hmacSha256: (secret, text, encoding) => createHmac('sha256', secret).update(text, 'utf8').digest(encoding),
  encode: (text, encoding) => Buffer.from(text, 'utf8').toString(encoding),
};
