import { createHash } from 'node:crypto';
import { ObjectStoreError } from './object-store.js';

/** Content that passes by: how much it was and its hash, once it has ended. */
export interface Measured {
  content: AsyncIterable<Uint8Array>;
  /** Bytes so far. */
  size(): number;
  /** SHA-256 in hex; to be asked once, at the end. */
  sha256(): string;
  /** What the source threw. */
  failure(): Error | undefined;
}

/** Measures content while somebody else consumes it. */
export function measured(content: AsyncIterable<Uint8Array>): Measured {
  const hash = createHash('sha256');
  let size = 0;
  let failure: Error | undefined;
  async function* source(): AsyncGenerator<Uint8Array> {
    try {
      yield* content;
    } catch (error) {
      failure = error instanceof Error ? error : new Error('The content cannot be read', { cause: error });
      throw error;
    }
  }
  async function* passing(): AsyncGenerator<Uint8Array> {
    for await (const chunk of source()) {
      hash.update(chunk);
      size += chunk.byteLength;
      yield chunk;
    }
  }
  return { content: passing(), size: () => size, sha256: () => hash.digest('hex'), failure: () => failure };
}

/** Content of a known size. @throws ObjectStoreError where the source breaks, or ends before or after that size */
export async function* complete(content: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Uint8Array> {
  let seen = 0;
  try {
    for await (const chunk of content) {
      seen += chunk.byteLength;
      yield chunk;
    }
  } catch (error) {
    throw new ObjectStoreError(`The file broke off after ${seen} of ${size} bytes`, { cause: error });
  }
  if (seen !== size) throw new ObjectStoreError(`The file ended after ${seen} of ${size} bytes`);
}

export async function allOf(content: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return Buffer.concat(chunks);
}
