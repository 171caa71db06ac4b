import { Injectable } from '@nestjs/common';
import { Database, SystemRepository, type Change } from '#persistence';
import { oauthRecordCollection, type OAuthRecord } from './oauth-record.collection.js';

type Content = Omit<OAuthRecord, 'version' | 'created_at' | 'updated_at' | 'consumed_at'>;

@Injectable()
export class OAuthRecords extends SystemRepository<OAuthRecord> {
  constructor(database: Database) {
    super(database, oauthRecordCollection);
  }

  async put({ _id, ...content }: Content, now: Date): Promise<void> {
    await this.#all.updateOne(
      { _id },
      {
        $set: { ...content, updated_at: now },
        $inc: { version: 1 },
        $setOnInsert: { created_at: now },
      } as Change<OAuthRecord>,
      { upsert: true },
    );
  }

  find(id: string, now: Date): Promise<OAuthRecord | null> {
    return this.#all.findOne({ _id: id, expires_at: { $gt: now } });
  }

  findByUid(uidHash: string, now: Date): Promise<OAuthRecord | null> {
    return this.#all.findOne({ uid_hash: uidHash, expires_at: { $gt: now } });
  }

  /** Spends a code or refresh token. @returns whether this call did: false for all but one of parallel calls */
  async consume(id: string, now: Date): Promise<boolean> {
    const unspent = { _id: id, consumed_at: { $exists: false } };
    const { modified } = await this.#all.updateOne(unspent, {
      $set: { consumed_at: now, updated_at: now },
      $inc: { version: 1 },
    } as Change<OAuthRecord>);
    return modified > 0;
  }

  async remove(id: string): Promise<void> {
    await this.#all.deleteOne({ _id: id });
  }

  /** Removes what a grant gave, or only records of one kind. */
  async dropGrant(grantId: string, kind?: string): Promise<void> {
    await this.#all.deleteMany({ grant_id: grantId, ...(kind !== undefined && { kind }) });
  }

  /** Removes all that is known of a user: half-finished sign-ins, too. */
  async dropUser(userId: string): Promise<void> {
    await this.#all.deleteMany({ user_id: userId });
  }

  get #all() {
    return this.system('codes and tokens come back without an account');
  }
}
