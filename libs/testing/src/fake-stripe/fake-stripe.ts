import { createHmac, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { readForm } from './form-body.js';
import type { Form } from './form-body.js';
import { failure, STRIPE_ROUTES } from './stripe-answers.js';
import type { StripeAnswer } from './stripe-answers.js';
import { StripeBook } from './stripe-book.js';
import type { StripeEvent } from './stripe-objects.js';
import { STRIPE_METER_ROUTES } from './stripe-meter-events.js';
import { STRIPE_CARD_ROUTES } from './stripe-cards.js';
import { STRIPE_CATALOGUE_ROUTES } from './stripe-catalogue.js';
import { STRIPE_PREVIEW_ROUTES } from './stripe-previews.js';
import { STRIPE_SESSION_ROUTES } from './stripe-sessions.js';

/** A request that came in. */
export interface StripeRequest {
  method: string;
  path: string;
  form: Form;
  idempotencyKey: string | undefined;
  version: string | undefined;
}

/**
 * What goes wrong with a request: `limited` 429, `broken` 500, `cut` the connection ends before the work, `lost` after
 * it. A number of milliseconds or a promise holds the answer back: it then tells how things were when it was asked for.
 */
export type StripeFault = 'limited' | 'broken' | 'cut' | 'lost' | number | Promise<unknown>;

export interface FakeStripe {
  /** Where its API is. */
  url: string;
  book: StripeBook;
  /** Every request, also those that went wrong. */
  requests: StripeRequest[];
  /** The next requests (to paths that match) go wrong, one fault each. */
  goWrong(faults: readonly StripeFault[], path?: RegExp): void;
  /** Idempotency keys are remembered for a day; lets it pass. */
  forgetKeys(): void;
  /** An event as Stripe sends it, signed at a time. */
  delivery(event: StripeEvent, at?: Date): { body: string; headers: Record<string, string> };
  close(): Promise<void>;
}

/** The secret by which it signs. */
export const STRIPE_WEBHOOK_SECRET = 'whsec_of_the_fake';
const ROUTES = [
  ...STRIPE_ROUTES,
  ...STRIPE_SESSION_ROUTES,
  ...STRIPE_METER_ROUTES,
  ...STRIPE_CARD_ROUTES,
  ...STRIPE_CATALOGUE_ROUTES,
  ...STRIPE_PREVIEW_ROUTES,
];

/** Starts a Stripe on this machine: the real SDK talks to it, a test decides what happens there and what goes wrong. */
export async function startFakeStripe(): Promise<FakeStripe> {
  const book = new StripeBook(randomBytes(6).toString('hex'));
  const requests: StripeRequest[] = [];
  const faults: { fault: StripeFault; path: RegExp | undefined }[] = [];
  const answered = new Map<string, { asked: string; answer: StripeAnswer }>();

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const came = await readRequest(request);
    requests.push(came);
    const index = faults.findIndex(({ path }) => path === undefined || path.test(came.path));
    const fault = index < 0 ? undefined : faults.splice(index, 1)[0]?.fault;
    if (fault === 'cut') return void request.socket.destroy();
    if (fault === 'limited') return send(response, failure(429, 'rate_limit_error', 'Too many requests', 'rate_limit'));
    if (fault === 'broken') return send(response, failure(500, 'api_error', 'Something is wrong'));
    const answer = structuredClone(onlyOnce(came));
    if (typeof fault === 'number') await delay(fault);
    if (typeof fault === 'object') await fault;
    if (fault === 'lost') return void request.socket.destroy();
    send(response, answer);
  }

  /** The same key does the work once; the same key with other parameters is an error. */
  function onlyOnce(came: StripeRequest): StripeAnswer {
    const { idempotencyKey: key, ...asked } = came;
    if (key === undefined) return answerOf(book, came);
    const before = answered.get(key);
    if (before === undefined) {
      const answer = structuredClone(answerOf(book, came));
      answered.set(key, { asked: JSON.stringify(asked), answer });
      return answer;
    }
    if (before.asked === JSON.stringify(asked)) return before.answer;
    return failure(400, 'idempotency_error', 'Keys for idempotent requests can only be used with the same parameters');
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => send(response, failure(500, 'api_error', String(error))));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    book,
    requests,
    goWrong: (next, path) => faults.push(...next.map((fault) => ({ fault, path }))),
    forgetKeys: () => answered.clear(),
    delivery: (event, at = new Date()) => signed(JSON.stringify(event), Math.floor(at.getTime() / 1_000)),
    close: () => closed(server),
  };
}

function signed(body: string, at: number): { body: string; headers: Record<string, string> } {
  const v1 = createHmac('sha256', STRIPE_WEBHOOK_SECRET).update(`${at}.${body}`).digest('hex');
  return { body, headers: { 'content-type': 'application/json', 'stripe-signature': `t=${at},v1=${v1}` } };
}

function answerOf(book: StripeBook, { method, path, form, version }: StripeRequest): StripeAnswer {
  if (version === undefined) return failure(400, 'invalid_request_error', 'The request pins no version of the API');
  for (const [wanted, pattern, answer] of ROUTES) {
    const found = wanted === method ? pattern.exec(path) : null;
    if (found) return answer(book, { ids: found.slice(1).map(decodeURIComponent), form });
  }
  return failure(404, 'invalid_request_error', `Unrecognized request URL (${method}: ${path})`);
}

async function readRequest(request: IncomingMessage): Promise<StripeRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { pathname, search } = new URL(request.url ?? '/', 'http://fake');
  const header = (name: string): string | undefined => [request.headers[name]].flat()[0];
  return {
    method: request.method ?? 'GET',
    path: pathname,
    form: { ...readForm(search), ...readForm(Buffer.concat(chunks).toString('utf8')) },
    idempotencyKey: header('idempotency-key'),
    version: header('stripe-version'),
  };
}

function send(response: ServerResponse, { status, body }: StripeAnswer): void {
  response.writeHead(status, { 'content-type': 'application/json', 'request-id': 'req_fake' });
  response.end(JSON.stringify(body));
}

async function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
}
