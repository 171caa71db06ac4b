import type { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { Problem } from '#contracts';
import { isExecution, isFileUpload, isWebhook } from '../forward-requests/paths.js';

const KIB = 1024;
/** The services have the same limits: what passes here is not cut off there. */
const MOST_BYTES = 1024 * KIB;
const MOST_EXECUTION_BYTES = 256 * KIB;
const MOST_UPLOAD_BYTES = 10 * MOST_BYTES + 64 * KIB;

/** Bodies up to this size are passed on in one piece: a stream costs more than most bodies are long. */
const IN_ONE_PIECE = 64 * KIB;

const tooLarge = (limit: number): Problem =>
  new Problem(413, 'request.body_too_large', `The body is larger than ${limit / KIB} KiB`);

function limitOf({ raw: { url = '/' } }: FastifyRequest): number {
  if (isFileUpload(url)) return MOST_UPLOAD_BYTES;
  return isExecution(url) || isWebhook(url) ? MOST_EXECUTION_BYTES : MOST_BYTES;
}

/**
 * Refuses a body that says it is too large. A service that refused it would close the connection in the middle, and the
 * client would learn nothing.
 * @throws Problem 413
 */
export function refuseLargeBody(request: FastifyRequest): void {
  const length = Number(request.headers['content-length'] ?? 0);
  const limit = limitOf(request);
  if (length > limit) throw tooLarge(limit);
}

/**
 * The body to forward: whole when it is short or did not say its length, as it comes otherwise.
 * @throws Problem 413
 */
export async function bodyToForward(request: FastifyRequest, payload: Readable): Promise<Buffer | Readable> {
  return Number(request.headers['content-length'] ?? 0) > IN_ONE_PIECE ? payload : wholeBody(request, payload);
}

/**
 * The body in one piece.
 * @throws Problem 413
 */
export async function wholeBody(request: FastifyRequest, payload: Readable): Promise<Buffer> {
  const limit = limitOf(request);
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of payload) {
    size += (piece as Buffer).length;
    if (size > limit) throw tooLarge(limit);
    pieces.push(piece as Buffer);
  }
  return Buffer.concat(pieces);
}
