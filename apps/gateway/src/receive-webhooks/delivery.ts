import type { IncomingHttpHeaders } from 'node:http';
import { Problem, type InboundVendor } from '#contracts';

/** A request to a webhook address, with its body as it came. */
export interface Delivery {
  method: string;
  /** Path and query as they were asked for. */
  url: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
  /** From secret addresses. */
  secret: string | undefined;
  query: Readonly<Record<string, string | string[] | undefined>>;
  receivedAt: Date;
}

/** The account and connection behind a secret address. */
export interface Endpoint {
  account_id: string;
  connection_id: string;
}

/** One event of a delivery that proved to be the vendor's. */
export interface VerifiedEvent {
  /** Says which event it is, equally in every delivery of it. */
  id: string;
  payload: Record<string, unknown>;
  endpoint?: Endpoint;
}

/** What a receiver makes of a delivery: events to store, and the answer where the vendor wants a certain one. */
export interface Received {
  events: readonly VerifiedEvent[];
  reply?: { headers?: Record<string, string>; type?: string; body: unknown };
}

/** How one vendor's webhooks are told from forgeries. */
export interface WebhookReceiver {
  readonly vendor: InboundVendor;
  /** @throws Problem 401 for a bad signature or an old timestamp, 404 for an unknown secret, 400 for an unreadable body */
  receive(delivery: Delivery): Received | Promise<Received>;
}

export const badSignature = (): Problem =>
  new Problem(401, 'webhooks.invalid_signature', 'The signature does not belong to this body');

export const stale = (limit = 'five minutes'): Problem =>
  new Problem(401, 'webhooks.stale_timestamp', `The delivery is older than ${limit}, or its time is missing`);

export const unknownAddress = (): Problem => new Problem(404, 'webhooks.not_found', 'Nobody has this webhook address');

export const unreadable = (cause?: unknown): Problem =>
  new Problem(400, 'request.invalid_body', 'The body is not what this vendor sends', { cause });
