import { Injectable } from '@nestjs/common';
import { Database, isDuplicateKey, SystemRepository, type Change, type Filter } from '#persistence';
import type { ThrottleRule } from '../domain/throttle-rule.js';
import { throttleBucketCollection, type Hit, type ThrottleBucket } from './throttle-bucket.collection.js';

/** More than processes that can make the same first hit at the same moment. */
const MOST_TRIES = 50;

@Injectable()
export class ThrottleBuckets extends SystemRepository<ThrottleBucket> {
  constructor(database: Database) {
    super(database, throttleBucketCollection);
  }

  /**
   * Counts a use if the rule allows one more: one conditional update, so parallel uses cannot exceed the limit. The
   * condition holds while fewer uses than the limit are noted, or the oldest of them has left the window.
   * @returns undefined when counted (or when this id was counted before), else the uses that fill the window
   */
  async count(key: string, rule: ThrottleRule, hit: Hit): Promise<readonly Hit[] | undefined> {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      try {
        await this.#all.updateOne(this.#hasRoom(key, rule, hit), this.#with(hit, rule), { upsert: true });
        return undefined;
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
      }
      // The bucket exists and the condition did not hold, or somebody made it at this very moment.
      const hits = (await this.#all.findOne({ _id: key }))?.hits ?? [];
      if (hits.some(({ id }) => id === hit.id)) return undefined;
      if (isFull(hits, rule, hit.at)) return hits;
    }
    throw new Error(`The throttle bucket ${key} cannot be written`);
  }

  /** Takes a use back: it did not deserve to be counted. */
  async giveBack(key: string, hitId: string): Promise<void> {
    await this.#all.updateOne({ _id: key }, { $pull: { hits: { id: hitId } } } as Change<ThrottleBucket>);
  }

  async empty(key: string): Promise<void> {
    await this.#all.deleteOne({ _id: key });
  }

  #hasRoom(key: string, { limit, windowMs }: ThrottleRule, { id, at }: Hit): Filter<ThrottleBucket> {
    const before = new Date(at.getTime() - windowMs);
    const room = [{ [`hits.${limit - 1}`]: { $exists: false } }, { 'hits.0.at': { $lte: before } }];
    return { _id: key, 'hits.id': { $ne: id }, $or: room } as Filter<ThrottleBucket>;
  }

  #with(hit: Hit, { limit, windowMs }: ThrottleRule): Change<ThrottleBucket> {
    return {
      $push: { hits: { $each: [hit], $sort: { at: 1 }, $slice: -limit } },
      $set: { expires_at: new Date(hit.at.getTime() + windowMs), updated_at: hit.at },
      $inc: { version: 1 },
      $setOnInsert: { created_at: hit.at },
    } as Change<ThrottleBucket>;
  }

  get #all() {
    return this.system('limits are on addresses and sessions, not on accounts');
  }
}

function isFull(hits: readonly Hit[], { limit, windowMs }: ThrottleRule, now: Date): boolean {
  const [oldest] = hits;
  return hits.length >= limit && oldest !== undefined && oldest.at.getTime() > now.getTime() - windowMs;
}
