/** A secret as it is stored: `mfhs1.<kid>.<wrapped key>.<iv>.<ciphertext>`, safe in documents and messages. */
export type SealedText = string & { readonly __sealed: unique symbol };

const PREFIX = 'mfhs1';

export interface SealedParts {
  /** Which key-encryption key wrapped the data key. */
  keyId: string;
  /** Nonce, wrapped data key and its tag. */
  wrapped: Buffer;
  iv: Buffer;
  /** Ciphertext and its tag. */
  ciphertext: Buffer;
}

/** Whether a text has the form of a sealed one; says nothing about whether it can be opened. */
export const isSealed = (text: unknown): text is SealedText =>
  typeof text === 'string' && /^mfhs1(?:\.[A-Za-z0-9_-]+){4}$/.test(text);

export function formatSealed({ keyId, wrapped, iv, ciphertext }: SealedParts): SealedText {
  const encoded = [wrapped, iv, ciphertext].map((bytes) => bytes.toString('base64url'));
  return [PREFIX, keyId, ...encoded].join('.') as SealedText;
}

/** @returns undefined when the text is not in the sealed form */
export function parseSealed(text: string): SealedParts | undefined {
  if (!isSealed(text)) return undefined;
  const [, keyId = '', ...encoded] = text.split('.');
  const [wrapped, iv, ciphertext] = encoded.map((part) => Buffer.from(part, 'base64url'));
  return wrapped && iv && ciphertext ? { keyId, wrapped, iv, ciphertext } : undefined;
}
