import { createPublicKey } from 'node:crypto';
import { unavailable } from '#contracts';
import type { KeySource, PublicKey } from './sources.js';

export interface KeyRingOptions {
  /** Shortest time between two questions that an unknown key id causes. */
  unknownKeyPauseMs?: number;
  /** Age at which the keys are asked for again beside the requests, so that a withdrawn key goes away. */
  maxAgeMs?: number;
  now?: () => number;
}

const pemOf = ({ kty, n, e }: PublicKey): string =>
  createPublicKey({ key: { kty, n, e }, format: 'jwk' }).export({ type: 'spki', format: 'pem' }).toString();

/** The public keys of access tokens by key id, fetched when needed and kept. */
export class KeyRing {
  private pems: ReadonlyMap<string, string> = new Map();
  private fetchedAt = Number.NEGATIVE_INFINITY;
  private fetching: Promise<void> | undefined;
  private readonly unknownKeyPauseMs: number;
  private readonly maxAgeMs: number;
  private readonly now: () => number;

  constructor(
    private readonly source: KeySource,
    { unknownKeyPauseMs = 30_000, maxAgeMs = 300_000, now = Date.now }: KeyRingOptions = {},
  ) {
    this.unknownKeyPauseMs = unknownKeyPauseMs;
    this.maxAgeMs = maxAgeMs;
    this.now = now;
  }

  /** Whether tokens of this key are (still) accepted, as far as is known now. */
  has(kid: string): boolean {
    if (this.now() - this.fetchedAt > this.maxAgeMs) this.renew();
    return this.pems.has(kid);
  }

  /**
   * @returns the key in PEM form; undefined when its owner does not list it
   * @throws Problem 503 when the key is not known here and its owner does not answer
   */
  async pemFor(kid: string): Promise<string | undefined> {
    const known = this.pems.get(kid);
    if (known !== undefined) return known;
    if (this.now() - this.fetchedAt < this.unknownKeyPauseMs) return undefined;
    try {
      await this.fetch();
    } catch (cause) {
      throw unavailable('The key service', cause);
    }
    return this.pems.get(kid);
  }

  /** Fetches once for all who wait. A failed fetch does not count: the next request tries again. */
  private fetch(): Promise<void> {
    this.fetching ??= this.source
      .keys()
      .then((keys) => {
        this.pems = new Map(keys.map((key) => [key.kid, pemOf(key)]));
        this.fetchedAt = this.now();
      })
      .finally(() => {
        this.fetching = undefined;
      });
    return this.fetching;
  }

  /** Beside the requests: whoever is under way goes on with the keys as they are. */
  private renew(): void {
    this.fetch().catch(() => {
      // The keys at hand stay in use while their owner is away; the next request asks again.
    });
  }
}
