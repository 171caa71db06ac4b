import { isHttpFailure, type HttpRequester, type HttpResponse } from '#http';
import { ConnectorError, type CallOutcome, type ConnectorErrorOptions } from '../connector-error.js';
import { connectorErrorOfHttpFailure } from '../http-failure-mapping.js';
import type { ConnectorCredentials } from '../port.js';
import type { CallBudget } from './call-budget.js';
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
  budget: CallBudget;
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
  constructor(readonly parts: VendorLineParts) {}

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
    const budget = await this.parts.budget.take(call, run);
    if (!budget.ok) throw this.#mustWait(call, budget.until, budget.message);
    return this.parts.circuit.run(() => this.#send(call, run, credentials, budget.taken));
  }

  /** The error that a refusal means; a rate limit silences the whole connection until the vendor is ready again. */
  refused(response: HttpResponse, call: VendorCall<unknown>, outcome: CallOutcome = 'refused'): ConnectorError {
    const refusal = this.parts.dialect.refusal(response);
    const { kind, reason, existingId } = refusal;
    const limited = kind === 'rate_limited';
    const retryAfterMs = limited ? this.parts.budget.pauseMs(refusal, call, response) : refusal.retryAfterMs;
    if (limited && retryAfterMs !== undefined) this.parts.budget.pause(retryAfterMs, refusal, call);
    const words = `${this.parts.dialect.name} API error (${response.status})${reason === undefined ? '' : `: ${reason}`}`;
    return this.error(call, {
      kind,
      message: words,
      status: response.status,
      outcome,
      ...(existingId === undefined ? {} : { existingId }),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    });
  }

  error(call: VendorCall<unknown>, options: Omit<ConnectorErrorOptions, 'platform' | 'operation'>): ConnectorError {
    return new ConnectorError({ ...options, platform: this.parts.platform, operation: call.operation });
  }

  async #send(
    call: VendorCall<unknown>,
    run: ConnectorRun,
    credentials: ConnectorCredentials,
    taken: Parameters<CallBudget['underWay']>[0],
  ): Promise<HttpResponse> {
    const { dialect, http, timeoutMs, budget, clock } = this.parts;
    const ended = budget.underWay(taken, clock.now().getTime());
    const usual = dialect.baseUrl(credentials);
    const startedAt = performance.now();
    let response: HttpResponse | undefined;
    try {
      response = await http.request({
        method: call.method,
        url: (call.base?.(usual) ?? usual) + call.path.text,
        headers: dialect.headers(credentials),
        timeoutMs,
        signal: run.signal,
        ...(call.query === undefined ? {} : { query: call.query }),
        ...(call.json === undefined ? {} : { json: call.json }),
        ...(call.form === undefined ? {} : { form: call.form }),
      });
      if (response.status >= 500 && response.status !== 501) throw this.#broken(response, call);
      return response;
    } catch (error) {
      throw isHttpFailure(error) ? connectorErrorOfHttpFailure(error, this.parts.platform, call.operation) : error;
    } finally {
      const ms = performance.now() - startedAt;
      ended(response);
      run.onCall?.({
        operation: call.operation,
        target: call.target,
        status: response?.status ?? 0,
        ms: Math.round(ms * 10) / 10,
      });
    }
  }

  #broken(response: HttpResponse, call: VendorCall<unknown>): ConnectorError {
    const { kind, retryAfterMs } = this.parts.dialect.refusal(response);
    // Some limiters answer in the manner of a broken server, which may have done the work.
    if (kind === 'rate_limited') return this.refused(response, call, 'unknown');
    return this.error(call, {
      kind: 'server',
      message: `${this.parts.dialect.name} API error (${response.status})`,
      status: response.status,
      outcome: 'unknown',
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    });
  }

  #checkPause(call: VendorCall<unknown>): void {
    const until = this.parts.budget.pausedUntil(call);
    if (until !== undefined) throw this.#mustWait(call, until, `${this.parts.dialect.name} asked for a pause`);
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
