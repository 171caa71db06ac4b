import { createPublicKey, type KeyObject, webcrypto } from 'node:crypto';
import { ExternalSigningKey } from 'oidc-provider';
import { SIGNING_ALGORITHM } from '../signing-keys/key-pair.js';
import type { PublishedKey, SigningMaterial } from '../signing-keys/signing-key-ring.js';

/** Lets the authorization server sign by a key of the ring, which never leaves it. */
export class RingKey extends ExternalSigningKey {
  readonly #material: SigningMaterial;
  readonly #published: KeyObject;

  constructor(material: SigningMaterial, { kty, n, e }: PublishedKey) {
    super();
    this.#material = material;
    this.#published = createPublicKey({ key: { kty, n, e }, format: 'jwk' });
  }

  override get kid(): string {
    return this.#material.kid;
  }

  override get alg(): string {
    return SIGNING_ALGORITHM;
  }

  override keyObject(): KeyObject {
    return this.#published;
  }

  override async sign(data: Uint8Array): Promise<Uint8Array> {
    const { key } = this.#material;
    return new Uint8Array(await webcrypto.subtle.sign('RSASSA-PKCS1-v1_5', key, new Uint8Array(data)));
  }
}
