import type { IncomingHttpHeaders } from 'node:http';
import type { Identity } from '../access/identities.js';
import type { OAuthManner } from '../access/oauth-manner.js';
import type { Effect } from '../effects/effect-log.js';
import type { Answer } from '../server/answer.js';
import type { Form } from '../server/form.js';
import type { CrmStore } from '../store/crm-store.js';

/** One request as a dialect's operation sees it. */
export interface Call {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Form;
  readonly body: unknown;
  readonly headers: IncomingHttpHeaders;
  readonly identity: Identity;
  readonly store: CrmStore;
  /** Writes a carried-out change to the effects log. */
  effect(effect: Effect): void;
}

/** One route of a dialect. Handlers are synchronous: the store is in memory. */
export interface Operation {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** Path below the dialect's base, with `:name` parameters. */
  path: string;
  /** What the request log counts it as. */
  name: string;
  handle(call: Call): Answer;
}

/** Thrown by an operation that refuses; the dialect turns it into its vendor's error form. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    /** What the message is about, for vendors that name it. */
    readonly resource = '',
  ) {
    super(message);
  }
}

/**
 * How one vendor's API looks. The pipeline that runs it (authentication, planned faults, request log, effects log)
 * and the store behind it are the same for all vendors, so a dialect consists of translation only.
 */
export interface Dialect {
  name: string;
  /** Where its paths begin, e.g. `/keap/crm/rest/v2`. */
  base: string;
  operations: readonly Operation[];
  /** The key or token that a request carries, undefined when it carries none. */
  credentialOf(headers: IncomingHttpHeaders): string | undefined;
  /** Its authorization server, where the vendor has one. */
  oauth?: OAuthManner;
  /** What the vendor answers to a request without a valid credential. */
  unauthorized(fault: 'missing' | 'unknown' | 'expired'): Answer;
  /** The vendor's error form. */
  refused(refusal: Refusal): Answer;
  /** What the vendor's edge answers with this status when a planned fault names no body. */
  faultBody(status: number): unknown;
  /** Headers that every answer carries, such as rate limits. */
  standardHeaders(identity: Identity): Record<string, string>;
  /** The contacts that a request is about, for faults planned for one contact. */
  contactIds(params: Readonly<Record<string, string>>, body: unknown, query: Form): readonly string[];
}
