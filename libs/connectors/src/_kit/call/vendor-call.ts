import type { z } from 'zod';
import type { HttpRequest, HttpResponse } from '#http';
import type { ConnectorErrorKind } from '../connector-error.js';
import type { ConnectorCredentials, ConnectorOperation } from '../port.js';
import type { VendorPath } from './vendor-path.js';

/** What is done at a vendor beside the port: subscribing to its webhooks. */
export type WebhookOperation = 'subscribeWebhook' | 'unsubscribeWebhook' | 'readAccount';

/** One request of a connector to its vendor. */
export interface VendorCall<Answer> {
  /** The port operation on whose behalf the call is made. */
  operation: ConnectorOperation | WebhookOperation;
  method: HttpRequest['method'];
  /** Another base address than the usual one, made from it. */
  base?: (usual: string) => string;
  /** Below the vendor's base address. */
  path: VendorPath;
  /** What the call is about, for timelines and logs: `contacts/1001`; never an address or a name of a person. */
  target: string;
  query?: HttpRequest['query'];
  json?: unknown;
  /** A budget that the vendor keeps for such calls beside the general one: `search`. */
  budget?: string;
  form?: HttpRequest['form'];
  /** Whether making the call twice has the effect of making it once. */
  repeatable: boolean;
  /** Shape of a successful answer; an answer that lacks it is a `protocol` error. Absent: the answer is not read. */
  answer?: z.ZodType<Answer>;
}

/** What a vendor's refusal means. */
export interface Refusal {
  kind: ConnectorErrorKind;
  /** The vendor's own word for it, if it can hold no personal data. */
  reason?: string;
  existingId?: string;
  retryAfterMs?: number;
  /** Which of the manifest's budgets the vendor says is used up; without one, all but those of other customers. */
  budget?: string;
}

/** The parts of calling that differ between vendors. */
export interface VendorDialect {
  /** Shown in messages. */
  name: string;
  /** Address that `VendorCall.path` continues. */
  baseUrl(credentials: ConnectorCredentials): string;
  headers(credentials: ConnectorCredentials): Record<string, string>;
  /** Reads an answer with a status that is not 2xx. */
  refusal(response: HttpResponse): Refusal;
}

/** One exchange with a vendor as it happened; `status` 0 when there was no answer. */
export interface ObservedCall {
  operation: string;
  target: string;
  status: number;
  ms: number;
}

/** A pause inside a call: the vendor or its budget asked for it. */
export interface ObservedWait {
  reason: 'rate_limit' | 'backoff';
  until: Date;
}

/** What one run of a connector is given: it ends the calls and hears of them. */
export interface ConnectorRun {
  /** Among whom the connection's request budget is shared fairly: the helper. */
  party?: string;
  signal?: AbortSignal;
  onCall?(call: ObservedCall): void;
  onWait?(wait: ObservedWait): void;
}
