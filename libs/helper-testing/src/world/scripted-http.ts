import ipaddr from 'ipaddr.js';
import { HelperFailure, type HelperHttp, type HelperHttpRequest, type HelperHttpResponse } from '#helpers';
import type { Exchange } from '../vector-case.js';
import type { VirtualClock } from './virtual-clock.js';

/** A request that the helper made. */
export interface RecordedRequest extends Omit<HelperHttpRequest, 'body'> {
  /** As text, whatever it was sent as. */
  body?: string;
  /** Since the run began. */
  atMs: number;
}

/** Names and addresses that the guarded client of production never calls, as far as a URL shows it. */
function isForbidden(url: URL): boolean {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return true;
  const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  if (host === 'localhost' || host.endsWith('.localhost')) return true;
  return ipaddr.isValid(host) && ipaddr.process(host).range() !== 'unicast';
}

/** Answers with the exchanges of a case, in their order, and records what was asked. */
export class ScriptedHttp implements HelperHttp {
  readonly requests: RecordedRequest[] = [];
  /** Answers whatever it likes to; the script answers the rest. */
  fake: ((request: HelperHttpRequest) => HelperHttpResponse | null) | undefined;
  readonly #script: readonly Exchange[];
  readonly #clock: VirtualClock;

  constructor(script: readonly Exchange[], clock: VirtualClock) {
    this.#script = script;
    this.#clock = clock;
  }

  async request(request: HelperHttpRequest): Promise<HelperHttpResponse> {
    const url = URL.parse(request.url);
    if (url === null || isForbidden(url)) {
      throw new HelperFailure('blocked_url', 'give_up', 'This address may not be called.');
    }
    const faked = this.fake?.(request) ?? null;
    if (faked !== null) return faked;
    const exchange = this.#script[this.requests.length];
    const { body, ...rest } = request;
    const text = typeof body === 'string' || body === undefined ? body : Buffer.from(body).toString('utf8');
    this.requests.push({ ...rest, ...(text === undefined ? {} : { body: text }), atMs: this.#clock.elapsedMs });
    if (exchange === undefined || exchange.response === 'connection_error') {
      throw new HelperFailure('network_error', 'retry', 'Nobody answered.');
    }
    const length = Number(exchange.response['content_length'] ?? 0);
    if (request.maxResponseBytes !== undefined && length > request.maxResponseBytes) {
      throw new HelperFailure('response_too_large', 'give_up', 'The answer is too large.');
    }
    return answer(exchange.response);
  }
}

function answer(response: Record<string, unknown>): HelperHttpResponse {
  const { status, headers = {}, body = '' } = response;
  const lower = Object.entries(headers as Record<string, unknown>).map(([name, value]) => [
    name.toLowerCase(),
    String(value),
  ]);
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return {
    status: Number(status),
    headers: Object.fromEntries(lower) as Record<string, string>,
    text,
    bytes: Buffer.from(text),
  };
}
