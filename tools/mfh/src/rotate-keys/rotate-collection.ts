import type { Collection, StoredDocument } from '#persistence';
import { rewrapDocument, type RewrappedText, type Sealer } from '#sealing';

/** What was done in one place. */
export interface Rotated {
  documents: number;
  rewrapped: number;
  /** Changed by somebody else meanwhile; the next round looks again. */
  missed: number;
  unreadable: number;
}

export const nothingRotated = (): Rotated => ({ documents: 0, rewrapped: 0, missed: 0, unreadable: 0 });

export interface RotationOptions {
  /** Documents read and written at once. */
  batch: number;
  /** Only counts what is to be done. */
  dryRun: boolean;
  /** Continues behind this document. */
  after?: string | undefined;
  /** Told after each batch, so that the next start can continue there. */
  onBatch: (lastId: string) => Promise<void>;
}

interface Document extends StoredDocument {
  account_id?: string;
}

type Native = Collection<StoredDocument>['native'];
type Write = Parameters<Native['bulkWrite']>[0][number];

/**
 * Walks a collection by id and wraps its sealed texts by the current key. A text is only replaced where it still is
 * what was read, so services go on reading and writing meanwhile.
 */
export async function rotateCollection(
  collection: Collection<StoredDocument>,
  sealer: Sealer,
  { batch, dryRun, after, onBatch }: RotationOptions,
): Promise<Rotated> {
  const total = nothingRotated();
  const native = collection.native;
  for (let last = after; ;) {
    const where = last === undefined ? {} : { _id: { $gt: last } };
    const documents = (await native
      .find(where as object)
      .sort({ _id: 1 })
      .limit(batch)
      .toArray()) as unknown as Document[];
    const end = documents.at(-1);
    if (end === undefined) return total;
    const writes: Write[] = [];
    for (const document of documents) {
      const aad = collection.definition.sealedFor?.(document) ?? document.account_id ?? '';
      const { texts, unreadable } = await rewrapDocument(sealer, document, aad);
      total.unreadable += unreadable;
      total.rewrapped += texts.length;
      writes.push(...writesOf(document, texts));
    }
    total.documents += documents.length;
    if (writes.length > 0 && !dryRun) {
      const { matchedCount } = await native.bulkWrite(writes, { ordered: false });
      total.missed += writes.length - matchedCount;
    }
    last = end._id;
    if (!dryRun) await onBatch(last);
  }
}

/** Names that the database's paths cannot say: there the whole member is replaced. */
const UNSAYABLE = /[.$]/;

/** One write for each text, or one for a whole member where a name inside it cannot be part of a path. */
function writesOf(document: Document, texts: readonly RewrappedText[]): Write[] {
  const whole = new Set(
    texts.filter(({ path }) => path.some((step) => UNSAYABLE.test(step))).map(({ path }) => path[0]),
  );
  const single = texts
    .filter(({ path }) => !whole.has(path[0]))
    .map(({ path, from, to }) => replacing(document._id, path.join('.'), from, to));
  const members = [...whole].map((member = '') => {
    const before: unknown = Reflect.get(document, member);
    const after = structuredClone(before);
    for (const { path, to } of texts) if (path[0] === member) put(after, path.slice(1), to);
    return replacing(document._id, member, before, after);
  });
  return [...single, ...members];
}

const replacing = (id: string, path: string, from: unknown, to: unknown): Write =>
  ({ updateOne: { filter: { _id: id, [path]: from }, update: { $set: { [path]: to } } } }) as unknown as Write;

/** Puts a text where its path leads, inside a copy. */
export function put(target: unknown, [step = '', ...rest]: readonly string[], text: string): void {
  if (typeof target !== 'object' || target === null) return;
  if (rest.length === 0) Reflect.set(target, step, text);
  else put(Reflect.get(target, step), rest, text);
}
