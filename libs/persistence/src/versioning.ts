import { Problem } from '#contracts';
import type { Entity } from './define-collection.js';

/** A new document: version 1, created and updated now. */
export function stamped<T extends Entity>(document: object): T {
  const now = new Date();
  return { ...document, version: 1, created_at: now, updated_at: now } as T;
}

/** 412: somebody else changed the document since the caller read it. */
export const versionConflict = (): Problem =>
  new Problem(412, 'resource.version_conflict', 'The object was changed meanwhile; read it again');

/** The `ETag` of a version. */
export const etagOf = (version: number): string => `"${version}"`;

/**
 * The version an `If-Match` header asks for; `undefined` without header and for `*`.
 * @throws 412 for a header that names no version of ours
 */
export function versionFromIfMatch(header: string | undefined): number | undefined {
  if (header === undefined || header.trim() === '*' || header.trim() === '') return undefined;
  const match = /^(?:W\/)?"?(\d{1,15})"?$/.exec(header.trim());
  if (!match) throw versionConflict();
  return Number(match[1]);
}
