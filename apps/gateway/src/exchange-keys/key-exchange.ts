import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { Problem, questions, type AnswerOf } from '#contracts';
import { Questions } from '#messaging';
import { isWithin } from './address-ranges.js';

type Exchanged = AnswerOf<typeof questions.exchangeApiKey>;

/** An internal token is used for this long at most; services refuse it within two seconds of the key's revocation. */
const USED_MS = 30_000;
/** Not so close to its end that it could expire on the way. */
const MARGIN_MS = 10_000;
const MOST_KEPT = 20_000;

interface Kept {
  exchanged: Promise<Exchanged>;
  until: number;
}

/**
 * Exchanges API keys for short internal tokens. The raw key stays here: identity is asked by its hash, and services
 * see the token only.
 */
@Injectable()
export class KeyExchange {
  private readonly kept = new Map<string, Kept>();

  constructor(private readonly ask: Questions) {}

  /**
   * @param address where the request came from
   * @throws Problem 401 `auth.invalid_api_key`, 403 `auth.address_not_allowed` and others, 503
   */
  async exchange(rawKey: string, address: string): Promise<Exchanged> {
    const exchanged = await this.known(rawKey);
    const { allowed_ips: allowed } = exchanged;
    if (allowed === undefined || isWithin(address, allowed)) return exchanged;
    throw new Problem(403, 'auth.address_not_allowed', 'This API key may not be used from your address');
  }

  private async known(rawKey: string): Promise<Exchanged> {
    const keyHash = createHash('sha256').update(rawKey).digest('hex');
    const known = this.kept.get(keyHash);
    if (known !== undefined && known.until > Date.now()) return known.exchanged;
    const exchanged = this.ask.ask(questions.exchangeApiKey, { key_hash: keyHash });
    const entry: Kept = { exchanged, until: Date.now() + USED_MS };
    this.keep(keyHash, entry);
    try {
      const answer = await exchanged;
      entry.until = Math.min(entry.until, Date.parse(answer.expires_at) - MARGIN_MS);
      return answer;
    } catch (error) {
      this.kept.delete(keyHash);
      throw error;
    }
  }

  private keep(keyHash: string, entry: Kept): void {
    if (this.kept.size >= MOST_KEPT) this.kept.clear();
    this.kept.set(keyHash, entry);
  }
}
