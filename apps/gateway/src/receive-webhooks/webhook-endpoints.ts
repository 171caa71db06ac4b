import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { isProblem, questions, type InboundVendor } from '#contracts';
import { Questions } from '#messaging';
import { logger } from '#telemetry';
import { unknownAddress, type Endpoint } from './delivery.js';

interface Known {
  endpoint: Endpoint | null;
  askedAt: number;
}

/** Longer for addresses that exist: one that was given up sends nothing any more anyway. */
const KEPT_MS = { known: 60_000, unknown: 2_000 };
const MOST_KEPT = 10_000;
const PATIENCE_MS = 1_000;
const SECRET = /^[\w-]{20,100}$/;

/** Finds out whose secret address was called. Secrets are asked for, and remembered, only as hashes. */
@Injectable()
export class WebhookEndpoints {
  private readonly known = new Map<string, Known>();

  constructor(private readonly ask: Questions) {}

  /** @throws Problem 404 for a secret that nobody has, 503 when it cannot be told now */
  async find(vendor: InboundVendor, secret: string): Promise<Endpoint> {
    if (!SECRET.test(secret)) throw unknownAddress();
    const hash = createHash('sha256').update(secret).digest('base64url');
    const key = `${vendor} ${hash}`;
    const kept = this.known.get(key);
    const endpoint = kept !== undefined && isFresh(kept) ? kept.endpoint : await this.look(vendor, hash, key, kept);
    if (endpoint === null) throw unknownAddress();
    return endpoint;
  }

  private async look(
    vendor: InboundVendor,
    hash: string,
    key: string,
    kept: Known | undefined,
  ): Promise<Endpoint | null> {
    try {
      const endpoint = await this.ask
        .ask(questions.webhookEndpoint, { vendor, secret_hash: hash }, { timeoutMs: PATIENCE_MS })
        .catch((error: unknown) => {
          if (isProblem(error) && error.status === 404) return null;
          throw error;
        });
      if (this.known.size >= MOST_KEPT) this.known.clear();
      this.known.set(key, { endpoint, askedAt: Date.now() });
      return endpoint;
    } catch (error) {
      // Some vendors never send again: what was true a while ago is better than losing the event.
      if (kept === undefined || kept.endpoint === null) throw error;
      logger.warn({ err: error, vendor }, 'a webhook address cannot be looked up, the last answer counts');
      return kept.endpoint;
    }
  }
}

const isFresh = ({ endpoint, askedAt }: Known): boolean =>
  Date.now() - askedAt < (endpoint === null ? KEPT_MS.unknown : KEPT_MS.known);
