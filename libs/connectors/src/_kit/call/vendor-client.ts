import { isHttpFailure, type HttpResponse } from '#http';
import type { ConnectorError } from '../connector-error.js';
import { retrying } from './retrying.js';
import type { ConnectorRun, VendorCall } from './vendor-call.js';
import type { VendorLine } from './vendor-line.js';

/** Calls a vendor on behalf of one run. Cheap to make: everything lasting is in the line. */
export class VendorClient {
  constructor(
    private readonly line: VendorLine,
    readonly run: ConnectorRun,
  ) {}

  get platform(): string {
    return this.line.parts.platform;
  }

  now(): Date {
    return this.line.parts.clock.now();
  }

  /** The vendor's account or location that this connection is for, where it has one. */
  get accountId(): string {
    return this.line.parts.credentials.current.account_id ?? '';
  }

  /** @throws ConnectorError and nothing else */
  call<Answer>(call: VendorCall<Answer>): Promise<Answer> {
    const { platform, clock, random } = this.line.parts;
    return retrying(() => this.#attempt(call), {
      platform,
      repeatable: call.repeatable,
      run: this.run,
      now: () => clock.now(),
      random,
    });
  }

  async #attempt<Answer>(call: VendorCall<Answer>): Promise<Answer> {
    const { credentials } = this.line.parts;
    const used = credentials.current;
    let response = await this.line.exchange(call, this.run, used);
    // Some vendors answer 401 for a scope that was not granted: no newer token would help, and the others still work.
    const refused = response.status === 401 && this.line.parts.dialect.refusal(response).kind === 'forbidden';
    if (refused) throw this.line.refused(response, call);
    if (response.status === 401 && credentials.canRefresh) {
      response = await this.line.exchange(call, this.run, await credentials.refreshed(used));
      if (response.status === 401) throw this.#invalid(call);
    }
    if (response.status === 401) throw this.#unauthorized(call, used.access_token !== undefined);
    if (response.status < 200 || response.status >= 300) throw this.line.refused(response, call);
    return this.#read(response, call);
  }

  #invalid(call: VendorCall<unknown>): ConnectorError {
    const message = 'The platform refuses the credentials, also after a refresh';
    return this.line.error(call, { kind: 'auth_invalid', message, status: 401 });
  }

  #unauthorized(call: VendorCall<unknown>, token: boolean): ConnectorError {
    const message = token ? 'The access token has expired' : 'The platform refuses the key';
    return this.line.error(call, { kind: token ? 'auth_expired' : 'auth_invalid', message, status: 401 });
  }

  #read<Answer>(response: HttpResponse, call: VendorCall<Answer>): Answer {
    // Calls without an answer are declared as VendorCall<void>.
    if (call.answer === undefined) return undefined as Answer;
    const parsed = call.answer.safeParse(this.#json(response, call));
    if (parsed.success) return parsed.data;
    const paths = parsed.error.issues.slice(0, 3).map(({ path }) => path.join('.'));
    throw this.#unreadable(call, response.status, `lacks what was expected at ${paths.join(', ') || 'its top'}`);
  }

  #json(response: HttpResponse, call: VendorCall<unknown>): unknown {
    try {
      return response.json();
    } catch (error) {
      if (isHttpFailure(error)) throw this.#unreadable(call, response.status, 'is not JSON');
      throw error;
    }
  }

  #unreadable(call: VendorCall<unknown>, status: number, problem: string): ConnectorError {
    const message = `The answer of ${this.line.parts.dialect.name} ${problem}`;
    return this.line.error(call, { kind: 'protocol', message, status, outcome: 'unknown' });
  }
}
