import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { KeyEncryptionKey } from './sealing-config.js';
import { formatSealed, parseSealed } from './sealed-text.js';
import type { SealedParts, SealedText } from './sealed-text.js';

const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** A sealed text could not be opened. Says why, never what was inside. */
export class SealBroken extends Error {
  constructor(readonly reason: 'malformed' | 'unknown_key' | 'tampered_or_foreign') {
    super(`A sealed text cannot be opened: ${reason.replaceAll('_', ' ')}`);
    this.name = 'SealBroken';
  }
}

function encrypt(key: Uint8Array, iv: Buffer, plain: Uint8Array, aad: string): Buffer {
  const cipher = createCipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(aad));
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(key: Uint8Array, iv: Buffer, sealed: Buffer, aad: string): Buffer {
  if (iv.length !== IV_BYTES || sealed.length < TAG_BYTES) throw new SealBroken('malformed');
  const decipher = createDecipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(aad));
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]);
  } catch {
    // The cipher cannot tell a changed byte from another account; neither may we.
    throw new SealBroken('tampered_or_foreign');
  }
}

/** Ties the wrapped key to its account and to the name of its key-encryption key. */
const wrapAad = (keyId: string, aad: string): string => `wrap/${keyId}/${aad}`;

/**
 * Seals secrets at rest (envelope encryption): a random data key encrypts the secret, a key-encryption key wraps the
 * data key, and the account id is authenticated by both, so a sealed text copied to another account does not open.
 * Rotating the key-encryption key rewraps the small data keys and leaves the secrets untouched.
 * The methods are asynchronous so that keys may one day be held by a remote key service.
 */
export class Sealer {
  readonly #current: KeyEncryptionKey;
  readonly #keys: ReadonlyMap<string, KeyEncryptionKey>;

  /** @param keys the current key first, then those that older texts were sealed by */
  constructor(keys: readonly KeyEncryptionKey[]) {
    const [current] = keys;
    if (!current) throw new Error('A sealer needs at least one key-encryption key');
    this.#current = current;
    this.#keys = new Map(keys.map((key) => [key.id, key]));
  }

  /** @param aad what the text belongs to: the account id */
  async seal(plain: string | Uint8Array, aad: string): Promise<SealedText> {
    const dataKey = randomBytes(KEY_BYTES);
    const iv = randomBytes(IV_BYTES);
    const bytes = typeof plain === 'string' ? Buffer.from(plain) : plain;
    const ciphertext = encrypt(dataKey, iv, bytes, aad);
    return this.#formatted(dataKey, { iv, ciphertext }, aad);
  }

  /** @throws SealBroken when the text is malformed, changed, of another account or of an unknown key */
  async open(sealed: string, aad: string): Promise<string> {
    return (await this.openBytes(sealed, aad)).toString('utf8');
  }

  /** As `open`, for secrets that are not text. */
  async openBytes(sealed: string, aad: string): Promise<Buffer> {
    const parts = this.#parse(sealed);
    const dataKey = this.#unwrap(parts, aad);
    return decrypt(dataKey, parts.iv, parts.ciphertext, aad);
  }

  /** Id of the key that seals now. */
  get currentKeyId(): string {
    return this.#current.id;
  }

  /** Whether the text was sealed under a key that is no longer the current one. */
  needsRewrap(sealed: string): boolean {
    return this.#parse(sealed).keyId !== this.#current.id;
  }

  /** Wraps the data key by the current key; the secret itself is neither decrypted nor changed. */
  async rewrap(sealed: string, aad: string): Promise<SealedText> {
    const parts = this.#parse(sealed);
    return this.#formatted(this.#unwrap(parts, aad), parts, aad);
  }

  #formatted(dataKey: Buffer, { iv, ciphertext }: Pick<SealedParts, 'iv' | 'ciphertext'>, aad: string): SealedText {
    const { id, key } = this.#current;
    const wrapIv = randomBytes(IV_BYTES);
    const wrapped = Buffer.concat([wrapIv, encrypt(key, wrapIv, dataKey, wrapAad(id, aad))]);
    return formatSealed({ keyId: id, wrapped, iv, ciphertext });
  }

  #unwrap({ keyId, wrapped }: SealedParts, aad: string): Buffer {
    const kek = this.#keys.get(keyId);
    if (!kek) throw new SealBroken('unknown_key');
    return decrypt(kek.key, wrapped.subarray(0, IV_BYTES), wrapped.subarray(IV_BYTES), wrapAad(keyId, aad));
  }

  #parse(sealed: string): SealedParts {
    const parts = parseSealed(sealed);
    if (!parts) throw new SealBroken('malformed');
    return parts;
  }
}
