import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DelegateBackoff, handleWhen, retry } from 'cockatiel';
import { Stripe } from 'stripe';
import { PaymentSettings } from '../payment-config.js';
import { onceOnlyHttp } from './once-only-http.js';
import { isMissing, isWorthRepeating, notConfigured, toProblem } from './stripe-problem.js';

/** What requests and answers look like is fixed here; a newer library changes nothing until this changes. */
const API_VERSION = '2026-10-28.endive';

const ATTEMPTS = 3;
const FIRST_WAIT_MS = 200;
const JITTER_MS = 100;

const waiting = new DelegateBackoff<{ attempt: number }>(
  ({ attempt }) => FIRST_WAIT_MS * 2 ** (attempt - 1) + Math.random() * JITTER_MS,
);
const persistent = retry(handleWhen(isWorthRepeating), { maxAttempts: ATTEMPTS - 1, backoff: waiting });

type Call<T> = (stripe: Stripe, options: { idempotencyKey: string }) => Promise<T>;

/** Speaks with Stripe: pinned version, one idempotency key for all attempts of an operation, our own rule of retries. */
@Injectable()
export class StripeConnection {
  readonly #stripe: Stripe | undefined;

  constructor({ key, url, timeoutMs }: PaymentSettings) {
    if (key === undefined) return;
    const secure = url.protocol === 'https:';
    this.#stripe = new Stripe(key, {
      apiVersion: API_VERSION,
      maxNetworkRetries: 0,
      httpClient: onceOnlyHttp(),
      timeout: timeoutMs,
      telemetry: false,
      protocol: secure ? 'https' : 'http',
      host: url.hostname,
      port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
    });
  }

  get configured(): boolean {
    return this.#stripe !== undefined;
  }

  /** A request that changes nothing. */
  read<T>(call: (stripe: Stripe) => Promise<T>): Promise<T> {
    return this.#attempt(call);
  }

  /** As `read`, for one thing by its id. @returns undefined when there is none */
  async find<T>(call: (stripe: Stripe) => Promise<T>): Promise<T | undefined> {
    try {
      return await persistent.execute(() => call(this.#client()));
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw toProblem(error);
    }
  }

  /** @param key names the operation where it must happen once even if it is begun anew after a crash */
  write<T>(call: Call<T>, key: string = randomUUID()): Promise<T> {
    return this.#attempt((stripe) => call(stripe, { idempotencyKey: key }));
  }

  async #attempt<T>(call: (stripe: Stripe) => Promise<T>): Promise<T> {
    try {
      return await persistent.execute(() => call(this.#client()));
    } catch (error) {
      throw toProblem(error);
    }
  }

  #client(): Stripe {
    if (this.#stripe === undefined) throw notConfigured();
    return this.#stripe;
  }
}
