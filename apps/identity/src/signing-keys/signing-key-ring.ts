import { Injectable } from '@nestjs/common';
import type { CryptoKey } from 'jose';
import { Problem } from '#contracts';
import { Sealer } from '#sealing';
import { isDuplicateKey, UnitOfWork } from '#persistence';
import { Clock } from '../clock.js';
import { sealedForKey, type SigningKey } from '../persistence/signing-key.collection.js';
import { SigningKeys } from '../persistence/signing-keys.repository.js';
import { newKeyPair, privateKeyFrom } from './key-pair.js';

/** How long a process signs with what it knows before it looks again; far less than a retired key stays published. */
const MAX_AGE_MS = 30_000;
/** Longer than any access token lives, clocks that differ included. */
const PUBLISHED_AFTER_SIGNING_MS = 25 * 60 * 60 * 1000;

/** A member of the JWK set. */
export type PublishedKey = { kid: string; kty: 'RSA'; alg: 'RS256'; use: 'sig'; n: string; e: string };

export interface SigningMaterial {
  kid: string;
  key: CryptoKey;
}

interface LoadedKeys {
  loadedAt: number;
  signing: SigningMaterial;
  published: PublishedKey[];
}

/** Longer than anybody keeps the published keys without looking again, by far. */
const HEARD_OF_AFTER_MS = 15 * 60 * 1000;
/** The installation's first two keys were never published one without the other. */
const FIRST_ANNOUNCED = 2;

/** A token whose key a verifier does not know is refused, so no key signs before everybody knows it. */
function refuseUnheardOf({ generation, created_at }: SigningKey, now: Date): void {
  const heardOfAt = new Date(created_at.getTime() + HEARD_OF_AFTER_MS);
  if (generation <= FIRST_ANNOUNCED || heardOfAt <= now) return;
  throw new Problem(
    409,
    'signing_keys.announced_too_recently',
    `The next key was announced a short time ago; it can sign from ${heardOfAt.toISOString()} on`,
  );
}

const publishedKey = ({ kid, public_jwk: { n, e } }: SigningKey): PublishedKey => ({
  kid,
  kty: 'RSA',
  alg: 'RS256',
  use: 'sig',
  n,
  e,
});

/**
 * The key pairs of access tokens. Two are active: one signs, the next one is already published, so that by the time
 * it signs every verifier has it. The first process of an installation makes both.
 */
@Injectable()
export class SigningKeyRing {
  private loaded: LoadedKeys | undefined;
  private loading: Promise<LoadedKeys> | undefined;

  constructor(
    private readonly keys: SigningKeys,
    private readonly sealer: Sealer,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** The key that signs now. */
  async signing(): Promise<SigningMaterial> {
    return (await this.current()).signing;
  }

  /** All keys whose tokens are good, the announced one included. */
  async published(): Promise<PublishedKey[]> {
    return (await this.current()).published;
  }

  /**
   * The announced key begins to sign, a new one is announced. Of parallel rotations one takes place.
   * @throws Problem 409 while somebody may not have heard of the announced key yet
   */
  async rotate(): Promise<void> {
    const [newest] = await this.stored();
    if (newest !== undefined) refuseUnheardOf(newest, this.clock.now());
    await this.add((newest?.generation ?? 0) + 1);
    this.loaded = undefined;
  }

  private current(): Promise<LoadedKeys> {
    const { loaded } = this;
    if (loaded !== undefined && this.clock.now().getTime() - loaded.loadedAt < MAX_AGE_MS)
      return Promise.resolve(loaded);
    this.loading ??= this.load().finally(() => {
      this.loading = undefined;
    });
    return this.loading;
  }

  private async load(): Promise<LoadedKeys> {
    const [newest, signing, ...older] = await this.stored();
    if (newest === undefined || signing === undefined) throw new Error('The installation has no signing keys');
    const key = await privateKeyFrom(await this.sealer.open(signing.sealed_private_key, sealedForKey(signing.kid)));
    this.loaded = {
      loadedAt: this.clock.now().getTime(),
      signing: { kid: signing.kid, key },
      published: [newest, signing, ...older].map(publishedKey),
    };
    return this.loaded;
  }

  /** The stored keys, newest first; at least two, which are made if need be. */
  private async stored(): Promise<SigningKey[]> {
    const now = this.clock.now();
    const found = await this.keys.published(now);
    if (found.length >= 2) return found;
    for (let generation = (found[0]?.generation ?? 0) + 1; generation <= 2; generation += 1) await this.add(generation);
    return this.keys.published(now);
  }

  private async add(generation: number): Promise<void> {
    const { kid, publicJwk, pkcs8 } = await newKeyPair();
    const sealed = await this.sealer.seal(pkcs8, sealedForKey(kid));
    const retiresAt = new Date(this.clock.now().getTime() + PUBLISHED_AFTER_SIGNING_MS);
    try {
      await this.unitOfWork.run(async () => {
        await this.keys.insert({ kid, generation, public_jwk: publicJwk, sealed_private_key: sealed });
        await this.keys.retireUpTo(generation - 2, retiresAt);
      });
    } catch (error) {
      // Another process was faster; its key is as good as this one.
      if (!isDuplicateKey(error)) throw error;
    }
  }
}
