import type { Model } from 'mongoose';
import { mongo } from 'mongoose';
import type { StoredDocument } from './define-collection.js';
import { DuplicateKey, isDuplicateKeyCode } from './mongo-errors.js';

export interface InsertOutcome {
  inserted: number;
  /** Position in the input and reason of each document that was not stored. */
  refused: Map<number, Error>;
}

/** One unordered insert command; a refused document does not keep the others out. */
export async function insertUnordered<T extends StoredDocument>(
  model: Model<T>,
  documents: readonly T[],
  options: Record<string, unknown>,
): Promise<InsertOutcome> {
  const refused = new Map<number, Error>();
  if (documents.length === 0) return { inserted: 0, refused };
  try {
    // By the driver: Mongoose would look at every field again, which costs more than sending it.
    await model.collection.insertMany([...documents] as never, { ...options, ordered: false });
  } catch (error) {
    // Not durable (write concern) or a conflict of transactions is not "refused": it concerns the whole command.
    if (!(error instanceof mongo.MongoBulkWriteError) || error.result.getWriteConcernError()) throw error;
    if (error.hasErrorLabel('TransientTransactionError')) throw error;
    for (const refusal of [error.writeErrors].flat()) refused.set(refusal.index, reasonOf(refusal));
    if (refused.size === 0) throw error;
  }
  return { inserted: documents.length - refused.size, refused };
}

const reasonOf = (refusal: mongo.WriteError): Error =>
  isDuplicateKeyCode(refusal.code)
    ? new DuplicateKey({}, refusal)
    : new Error(refusal.errmsg ?? 'The document was refused', { cause: refusal });
