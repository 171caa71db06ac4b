import {
  BrokenCircuitError,
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  handleWhen,
  type CircuitBreakerPolicy,
  type IBackoff,
} from 'cockatiel';
import { ConnectorError, isConnectorError } from '../connector-error.js';

export interface CircuitOptions {
  /** Failures in a row that open the circuit; more than one job's tries, so that one bad job cannot open it. */
  threshold?: number;
  /** How long it stays open at first; doubles with every failed trial. */
  openMs?: number;
  maxOpenMs?: number;
}

const DEFAULTS = { threshold: 10, openMs: 5_000, maxOpenMs: 60_000 };

/** How long to stay away while somebody else tries whether the vendor is back. */
const TRIAL_WAIT_MS = 1_000;

/**
 * Keeps calls away from a vendor that fails one call after the other, so that a broken CRM costs its own jobs a
 * moment and nobody else anything. After a while one call is let through as a trial.
 */
export class Circuit {
  readonly #options: Required<CircuitOptions>;
  readonly #policy: CircuitBreakerPolicy;
  #reopensAt = 0;

  constructor(
    private readonly platform: string,
    options: CircuitOptions = {},
  ) {
    this.#options = { ...DEFAULTS, ...options };
    this.#policy = circuitBreaker(handleWhen(countsAsFailure), {
      breaker: new ConsecutiveBreaker(this.#options.threshold),
      halfOpenAfter: { next: () => this.#openFor(this.#options.openMs) },
    });
  }

  /** @throws ConnectorError `circuit_open`, before anything else is spent on the call */
  check(): void {
    const { state } = this.#policy;
    if (state === CircuitState.HalfOpen) throw this.#refusal(TRIAL_WAIT_MS);
    const left = this.#reopensAt - Date.now();
    if (state === CircuitState.Open && left > 0) throw this.#refusal(left);
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await this.#policy.execute(work);
    } catch (error) {
      if (error instanceof BrokenCircuitError) throw this.#refusal(Math.max(1, this.#reopensAt - Date.now()));
      throw error;
    }
  }

  /** The backoff of the breaker, which also tells us when a trial is due. */
  #openFor(duration: number): IBackoff<unknown> {
    this.#reopensAt = Date.now() + duration;
    return { duration, next: () => this.#openFor(Math.min(duration * 2, this.#options.maxOpenMs)) };
  }

  #refusal(retryAfterMs: number): ConnectorError {
    return new ConnectorError({
      kind: 'circuit_open',
      platform: this.platform,
      message: 'Calls of this connection are paused because the last ones failed',
      retryAfterMs,
      outcome: 'not_sent',
    });
  }
}

function countsAsFailure(error: unknown): boolean {
  return isConnectorError(error) && (error.kind === 'network' || error.kind === 'server');
}
