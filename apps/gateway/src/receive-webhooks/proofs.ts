import { createHash, createHmac, timingSafeEqual, type BinaryLike } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { stale } from './delivery.js';

/** How far a delivery's time may be from ours. */
const TOLERANCE_MS = 5 * 60 * 1000;

/** One header's text; undefined where it is absent or came twice. */
export function headerOf(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Compares without telling by its duration how much is equal. */
export function sameText(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

/** Whether one of the secrets makes this signature; several are good while one replaces another. */
export function signedByOne(
  secrets: readonly BinaryLike[],
  signature: string,
  encoding: 'hex' | 'base64',
  content: readonly BinaryLike[],
): boolean {
  return secrets
    .map((secret) => {
      const hmac = createHmac('sha256', secret);
      for (const part of content) hmac.update(part);
      return sameText(signature, hmac.digest(encoding));
    })
    .includes(true);
}

/** Whether a time is not within five minutes of ours, or is none. */
export const isStale = (sentAt: number, receivedAt: Date): boolean =>
  !(Math.abs(receivedAt.getTime() - sentAt) <= TOLERANCE_MS);

/** @throws Problem 401 for a stale time */
export function refuseStale(sentAt: number, receivedAt: Date): void {
  if (isStale(sentAt, receivedAt)) throw stale();
}

/** Stands for the id of an event whose vendor gives none. */
export function digestOf(...parts: readonly BinaryLike[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\n');
  return hash.digest('base64url');
}
