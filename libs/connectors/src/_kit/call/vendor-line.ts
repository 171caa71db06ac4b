import { isHttpFailure, type HttpRequester, type HttpResponse } from '#http';
import { isLimited, type RateBudget, type RateScope } from '../budget/rate-budget.js';
import { ConnectorError, type ConnectorErrorOptions } from '../connector-error.js';
import { connectorErrorOfHttpFailure } from '../http-failure-mapping.js';
import type { ConnectorCredentials } from '../port.js';
import type { Circuit } from './circuit.js';
import type { Clock } from './clock.js';
import type { CredentialHolder } from './credential-holder.js';
import type { ConnectorRun, VendorCall, VendorDialect } from './vendor-call.js';

export interface VendorLineParts {
  platform: string;
  dialect: VendorDialect;
  credentials: CredentialHolder;
  circuit: Circuit;
  http: HttpRequester;
  budget: RateBudget | undefined;
  /** Everybody who shares a limit with this connection. */
  scopes: readonly RateScope[];
  clock: Clock;
  random: () => number;
  timeoutMs: number;
}

/**
 * One connection's line to its vendor: what all its runs in this process share. A single exchange passes the pause the
 * vendor asked for, the circuit, the budgets, and then the network, in this order, so that nothing is spent on a call
 * that will not be made.
 */
export class VendorLine {
  readonly #scopes: readonly RateScope[];
  #pausedUntil = 0;

  constructor(readonly parts: VendorLineParts) {
    this.#scopes = parts.scopes.filter(({ limits }) => isLimited(limits));
  }

  /** @returns an answer below 500, refusals included. @throws ConnectorError */
  async exchange(
    call: VendorCall<unknown>,
    run: ConnectorRun,
    credentials: ConnectorCredentials,
  ): Promise<HttpResponse> {
    this.#checkAbort(run, call);
    if (!call.path.safe) {
      throw this.error(call, { kind: 'validation', message: 'This is not an id of a record', outcome: 'not_sent' });
    }
    this.#checkPause(call);
    this.parts.circuit.check();
    if (this.#scopes.length > 0 && this.parts.budget !== undefined) await this.#takeBudget(this.parts.budget, call);
    return this.parts.circuit.run(() => this.#send(call, run, credentials));
  }

  /** The error that a refusal means; a rate limit silences the whole connection until the vendor is ready again. */
  refused(response: HttpResponse, call: VendorCall<unknown>): ConnectorError {
    const { kind, reason, existingId, retryAfterMs } = this.parts.dialect.refusal(response);
    if (kind === 'rate_limited' && retryAfterMs !== undefined) this.#pause(retryAfterMs);
    const words = `${this.parts.dialect.name} API error (${response.status})${reason === undefined ? '' : `: ${reason}`}`;
    return this.error(call, {
      kind,
      message: words,
      status: response.status,
      ...(existingId === undefined ? {} : { existingId }),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    });
  }

  error(call: VendorCall<unknown>, options: Omit<ConnectorErrorOptions, 'platform' | 'operation'>): ConnectorError {
    return new ConnectorError({ ...options, platform: this.parts.platform, operation: call.operation });
  }

  async #send(call: VendorCall<unknown>, run: ConnectorRun, credentials: ConnectorCredentials): Promise<HttpResponse> {
    const { dialect, http, timeoutMs } = this.parts;
    const startedAt = performance.now();
    let status = 0;
    try {
      const response = await http.request({
        method: call.method,
        url: dialect.baseUrl(credentials) + call.path.text,
        headers: dialect.headers(credentials),
        timeoutMs,
        signal: run.signal,
        ...(call.query === undefined ? {} : { query: call.query }),
        ...(call.json === undefined ? {} : { json: call.json }),
      });
      ({ status } = response);
      if (status >= 500 && status !== 501) throw this.#broken(response, call);
      return response;
    } catch (error) {
      throw isHttpFailure(error) ? connectorErrorOfHttpFailure(error, this.parts.platform, call.operation) : error;
    } finally {
      run.onCall?.({
        operation: call.operation,
        target: call.target,
        status,
        ms: Math.round((performance.now() - startedAt) * 10) / 10,
      });
    }
  }

  #broken(response: HttpResponse, call: VendorCall<unknown>): ConnectorError {
    const { retryAfterMs } = this.parts.dialect.refusal(response);
    return this.error(call, {
      kind: 'server',
      message: `${this.parts.dialect.name} API error (${response.status})`,
      status: response.status,
      outcome: 'unknown',
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    });
  }

  async #takeBudget(budget: RateBudget, call: VendorCall<unknown>): Promise<void> {
    for (const scope of this.#scopes) {
      const answer = await budget.take(scope, 1);
      if (!answer.ok) throw this.#mustWait(call, answer.retryAt.getTime(), 'The request budget is used up');
    }
  }

  #pause(forMs: number): void {
    const until = this.parts.clock.now().getTime() + forMs;
    this.#pausedUntil = Math.max(this.#pausedUntil, until);
    for (const scope of this.#scopes) this.parts.budget?.pause(scope, new Date(until));
  }

  #checkPause(call: VendorCall<unknown>): void {
    if (this.#pausedUntil === 0) return;
    if (this.#pausedUntil > this.parts.clock.now().getTime()) {
      throw this.#mustWait(call, this.#pausedUntil, `${this.parts.dialect.name} asked for a pause`);
    }
    this.#pausedUntil = 0;
  }

  #mustWait(call: VendorCall<unknown>, until: number, message: string): ConnectorError {
    const retryAfterMs = Math.max(1, until - this.parts.clock.now().getTime());
    return this.error(call, { kind: 'rate_limited', message, retryAfterMs, outcome: 'not_sent' });
  }

  #checkAbort(run: ConnectorRun, call: VendorCall<unknown>): void {
    if (run.signal?.aborted !== true) return;
    throw this.error(call, { kind: 'aborted', message: 'The caller ended the run', outcome: 'not_sent' });
  }
}
