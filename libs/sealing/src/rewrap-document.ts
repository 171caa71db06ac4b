import { isSealed, type SealedText } from './sealed-text.js';
import { SealBroken, type Sealer } from './sealer.js';

/** One sealed text inside a document, wrapped by the current key. */
export interface RewrappedText {
  /** Members and positions that lead to it. */
  path: readonly string[];
  from: SealedText;
  to: SealedText;
}

export interface RewrappedDocument {
  texts: RewrappedText[];
  /** Texts that look sealed and cannot be opened by any key: left as they are. */
  unreadable: number;
}

/**
 * Wraps every sealed text inside a document by the current key; secrets are neither opened nor changed. Texts that
 * the current key has wrapped already are left out.
 * @param aad what the texts belong to, as they were sealed
 */
export async function rewrapDocument(sealer: Sealer, document: unknown, aad: string): Promise<RewrappedDocument> {
  const found: RewrappedDocument = { texts: [], unreadable: 0 };
  for (const { path, text } of sealedTexts(document, [])) {
    if (!sealer.needsRewrap(text)) continue;
    try {
      found.texts.push({ path, from: text, to: await sealer.rewrap(text, aad) });
    } catch (error) {
      if (!(error instanceof SealBroken)) throw error;
      found.unreadable += 1;
    }
  }
  return found;
}

function* sealedTexts(
  value: unknown,
  path: readonly string[],
): Generator<{ path: readonly string[]; text: SealedText }> {
  if (isSealed(value)) yield { path, text: value };
  if (!isContainer(value)) return;
  for (const [member, inner] of Object.entries(value)) yield* sealedTexts(inner, [...path, member]);
}

/** Arrays and plain objects: dates, buffers and ids of the database hold no texts. */
function isContainer(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
