import type { FastifyReply } from 'fastify';

/** What goes back. A text body is sent as it is, anything else as JSON; without one the answer is empty. */
export interface Answer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

export function send(reply: FastifyReply, { status, body, headers }: Answer): FastifyReply {
  void reply.code(status);
  if (headers !== undefined) void reply.headers(headers);
  if (body === undefined) return reply.send();
  if (!reply.hasHeader('content-type')) void reply.header('content-type', 'application/json; charset=utf-8');
  return reply.send(typeof body === 'string' ? body : JSON.stringify(body));
}

/** Closes the connection without an answer. */
export function drop(reply: FastifyReply): FastifyReply {
  reply.hijack();
  reply.raw.destroy();
  return reply;
}

/** Headers of an answer that holds secrets. */
export const NO_STORE = { 'cache-control': 'no-store' };
