import { randomBytes } from 'node:crypto';
import { type CryptoKey, exportJWK, exportPKCS8, generateKeyPair, importPKCS8 } from 'jose';
import type { PublicJwk } from '../persistence/signing-key.collection.js';

export const SIGNING_ALGORITHM = 'RS256';

export interface NewKeyPair {
  kid: string;
  publicJwk: PublicJwk;
  pkcs8: string;
}

/** A fresh RSA key pair of 2,048 bits. Takes some hundred milliseconds, outside the event loop. */
export async function newKeyPair(): Promise<NewKeyPair> {
  const { publicKey, privateKey } = await generateKeyPair(SIGNING_ALGORITHM, { extractable: true });
  const [{ n = '', e = '' }, pkcs8] = await Promise.all([exportJWK(publicKey), exportPKCS8(privateKey)]);
  return { kid: randomBytes(9).toString('base64url'), publicJwk: { kty: 'RSA', n, e }, pkcs8 };
}

/** The private key in the form that signs. */
export const privateKeyFrom = (pkcs8: string): Promise<CryptoKey> => importPKCS8(pkcs8, SIGNING_ALGORITHM);
