import { mongo, MongooseError, Error as MongooseErrors } from 'mongoose';
import { Problem, isProblem, unavailable } from '#contracts';

const DUPLICATE_KEY = 11000;
/** Server codes that mean "not now": shutdown, no primary, stepped down, interrupted, node recovering. */
const NOT_NOW = new Set([6, 7, 89, 91, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436]);

/** A unique index refused a write; `key` holds the fields that collided. */
export class DuplicateKey extends Error {
  constructor(
    readonly key: Readonly<Record<string, unknown>>,
    cause: unknown,
  ) {
    super(`Duplicate key: ${Object.keys(key).join(', ')}`, { cause });
    this.name = 'DuplicateKey';
  }
}

export const isDuplicateKeyCode = (code: unknown): boolean => code === DUPLICATE_KEY;

export const isDuplicateKey = (error: unknown): error is DuplicateKey => error instanceof DuplicateKey;

/** A group of writes that failed as a whole before any server judged it: no code, and no single write refused. */
const neverJudged = (error: mongo.MongoServerError): boolean =>
  error instanceof mongo.MongoBulkWriteError && error.code === undefined && [error.writeErrors].flat().length === 0;

function isUnavailable(error: unknown): boolean {
  if (error instanceof mongo.MongoServerError) {
    return neverJudged(error) || (typeof error.code === 'number' && NOT_NOW.has(error.code));
  }
  if (
    error instanceof mongo.MongoNetworkError ||
    error instanceof mongo.MongoServerSelectionError ||
    error instanceof mongo.MongoOperationTimeoutError ||
    error instanceof mongo.MongoTopologyClosedError ||
    error instanceof mongo.MongoNotConnectedError ||
    error instanceof mongo.MongoExpiredSessionError ||
    error instanceof mongo.MongoClientClosedError ||
    error instanceof MongooseErrors.MongooseServerSelectionError
  ) {
    return true;
  }
  if (error instanceof mongo.MongoError && /pool|timed out/i.test(error.name + error.message)) return true;
  return error instanceof MongooseError && error.message.includes('initial connection');
}

/**
 * Turns what the driver throws into what the services know: {@link DuplicateKey}, a 503 problem when MongoDB cannot
 * serve now, everything else unchanged. Errors that a transaction may retry keep their labels on `cause`.
 */
export function translateMongoError(error: unknown): unknown {
  if (isProblem(error) || isDuplicateKey(error)) return error;
  if (error instanceof mongo.MongoServerError && isDuplicateKeyCode(error.code)) {
    return new DuplicateKey((error['keyValue'] as Record<string, unknown> | undefined) ?? {}, error);
  }
  return isUnavailable(error) ? unavailable('The database', error) : error;
}

/** Whether the driver marked the error, or the error it was translated from, with a transaction label. */
export function hasErrorLabel(error: unknown, label: string): boolean {
  const origin = error instanceof Error && (isProblem(error) || isDuplicateKey(error)) ? error.cause : error;
  return origin instanceof mongo.MongoError && origin.hasErrorLabel(label);
}

/** Whether the database could not be reached, as opposed to refusing the write. */
export const isUnreachable = (error: unknown): boolean =>
  (error instanceof Problem && error.code === 'generic.unavailable') || isUnavailable(error);
