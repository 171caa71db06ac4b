import type { BucketState } from './token-buckets.js';

/** A state together with what the store needs to replace exactly this one. */
export interface StoredBuckets {
  state: BucketState;
  revision: number;
}

/** Where processes share bucket states. Writing is compare-and-set: of two writers on one revision, one wins. */
export interface BucketStore {
  read(key: string): Promise<StoredBuckets | undefined>;
  /**
   * @param revision 0 for a key that is not there yet
   * @returns the new revision, or undefined when somebody else was first
   */
  write(key: string, state: BucketState, revision: number): Promise<number | undefined>;
}
