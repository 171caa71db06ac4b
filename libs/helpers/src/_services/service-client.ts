import { HelperFailure } from '../_kit/helper-failure.js';
import type { HelperHttpResponse } from '../_kit/ports.js';
import type { RunContext } from '../_kit/run-context.js';
import type { ServiceCredentials } from '../_kit/service-connections.js';

/** Where a service answers and how its calls are signed. */
export interface ServiceDefinition {
  slug: string;
  /** For people. */
  name: string;
  baseUrl: string;
  /** What signs a call; null when the connection lacks it. */
  sign(credentials: ServiceCredentials, crypto: RunContext<unknown>['crypto']): ServiceSignature | null;
}

/** What a call carries to prove who makes it. */
export interface ServiceSignature {
  headers?: Record<string, string>;
  query?: Record<string, string>;
  form?: Record<string, string>;
}

/** One call. Of `json`, `form` and `body` at most one. */
export interface ServiceCall {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the base address, or a whole address. */
  path: string;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  json?: unknown;
  form?: Record<string, string>;
  body?: string;
  timeoutMs?: number;
  /** Statuses besides 2xx that the caller knows what to do with. */
  accept?: readonly number[];
}

export interface ServiceAnswer {
  status: number;
  /** @throws HelperFailure `bad_response` when the answer is no JSON object */
  json(): Record<string, unknown>;
}

/** Calls one service with the credentials of the account. */
export interface ServiceClient {
  /**
   * @throws HelperFailure `upstream_error`: give up, or retry when the service is overloaded or failed;
   * `service_not_connected`; those of the HTTP port. None of them holds an address or a credential
   */
  call(call: ServiceCall): Promise<ServiceAnswer>;
}

const TIMEOUT_MS = 30_000;

/**
 * A path segment from a configuration or a field. The at sign may stand in a path, and some vendors insist.
 * @throws HelperFailure `invalid_config_at_run` for dots that would lead to another path
 */
export function pathSegment(value: string): string {
  if (/^\.{1,2}$/.test(value)) {
    throw new HelperFailure('invalid_config_at_run', 'give_up', `"${value}" is no id.`, { nothingDone: true });
  }
  return encodeURIComponent(value.toWellFormed()).replaceAll('%40', '@');
}

function urlOf(base: string, { path, query = {} }: ServiceCall, signature: ServiceSignature): string {
  const url = new URL(/^https?:\/\//.test(path) ? path : `${base.replace(/\/+$/, '')}/${path.replace(/^\//, '')}`);
  const parameters = { ...query, ...signature.query };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}

function bodyOf({ json, form, body }: ServiceCall, signature: ServiceSignature): { type?: string; body?: string } {
  if (json !== undefined) return { type: 'application/json', body: JSON.stringify(json) };
  if (form !== undefined || signature.form !== undefined) {
    const fields = new URLSearchParams({ ...signature.form, ...form });
    return { type: 'application/x-www-form-urlencoded', body: fields.toString() };
  }
  return body === undefined ? {} : { body };
}

/** Seconds or an HTTP date. */
function retryAfterMs({ headers }: HelperHttpResponse, now: Date): number | undefined {
  const value = headers['retry-after'] ?? '';
  const milliseconds = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now.getTime();
  return Number.isNaN(milliseconds) || milliseconds < 0 ? undefined : milliseconds;
}

function failureOf(name: string, answer: HelperHttpResponse, now: Date): HelperFailure {
  const { status } = answer;
  if (status === 401 || status === 403) {
    const message = `${name} refused the credentials (${status}): reconnect ${name}, or allow what this helper does.`;
    return new HelperFailure('upstream_error', 'give_up', message, { nothingDone: true });
  }
  const passing = status === 429 || status >= 500;
  const wait = retryAfterMs(answer, now);
  return new HelperFailure('upstream_error', passing ? 'retry' : 'give_up', `${name} answered ${status}.`, {
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
    nothingDone: status < 500 || status === 503,
  });
}

function jsonObject(name: string, text: string): Record<string, unknown> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new HelperFailure('bad_response', 'give_up', `${name} gave an answer that cannot be read.`, { cause: error });
  }
  if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed as Record<string, unknown>;
  throw new HelperFailure('bad_response', 'give_up', `${name} gave an answer of an unknown form.`);
}

/** The failure without the address, which for some services holds a credential. */
function unreachable(name: string, error: unknown): unknown {
  if (!(error instanceof HelperFailure) || error.code === 'aborted') return error;
  const { code, failureClass, nothingDone } = error;
  return new HelperFailure(code, failureClass, `${name} could not be reached (${code}).`, { nothingDone });
}

/**
 * Opens the account's connection to a service.
 * @param connectionId used when `service_connection_ids` names none
 * @throws HelperFailure `service_not_connected`, also when the connection lacks what calls are signed with
 */
export async function openService(
  context: Pick<RunContext<unknown>, 'http' | 'services' | 'crypto' | 'clock'>,
  definition: ServiceDefinition,
  connectionId?: string,
): Promise<ServiceClient> {
  const { slug, name } = definition;
  const signatureOf = (credentials: ServiceCredentials): ServiceSignature => {
    const signature = definition.sign(credentials, context.crypto);
    if (signature !== null) return signature;
    throw new HelperFailure(
      'service_not_connected',
      'give_up',
      `The ${name} connection lacks credentials: reconnect it.`,
    );
  };
  let credentials = await context.services.connection(slug, connectionId);
  let signature = signatureOf(credentials);

  const once = async (call: ServiceCall): Promise<HelperHttpResponse> => {
    const { type, body } = bodyOf(call, signature);
    try {
      return await context.http.request({
        method: call.method,
        url: urlOf(credentials.baseUrl ?? definition.baseUrl, call, signature),
        headers: {
          Accept: 'application/json',
          ...(type && { 'Content-Type': type }),
          ...signature.headers,
          ...call.headers,
        },
        ...(body === undefined ? {} : { body }),
        timeoutMs: call.timeoutMs ?? TIMEOUT_MS,
      });
    } catch (error) {
      throw unreachable(name, error);
    }
  };

  return {
    async call(call) {
      let answer = await once(call);
      if (answer.status === 401) {
        const newer = await context.services.renewed(slug);
        if (newer !== null) {
          credentials = newer;
          signature = signatureOf(newer);
          answer = await once(call);
        }
      }
      const { status, text } = answer;
      if ((status < 200 || status > 299) && call.accept?.includes(status) !== true) {
        throw failureOf(name, answer, context.clock.now());
      }
      return { status, json: () => jsonObject(name, text) };
    },
  };
}

/** The token that the account's owner granted by signing in at the service. */
export const bearer = ({ accessToken }: ServiceCredentials): ServiceSignature | null =>
  accessToken === undefined ? null : { headers: { Authorization: `Bearer ${accessToken}` } };

/** The same, or a token that was pasted into a form. */
export function bearerOrKey({ accessToken, apiKey }: ServiceCredentials): ServiceSignature | null {
  const token = accessToken ?? apiKey;
  return token === undefined ? null : bearer({ accessToken: token });
}
