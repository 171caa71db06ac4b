import { Injectable } from '@nestjs/common';
import { Database, isDuplicateKey, SystemRepository, versionConflict, type Change } from '#persistence';
import type { PreferencesChange } from '../domain/preferences.js';
import { preferencesCollection, type PreferencesRecord } from './preferences.collection.js';

@Injectable()
export class PreferencesStore extends SystemRepository<PreferencesRecord> {
  constructor(database: Database) {
    super(database, preferencesCollection);
  }

  find(userId: string): Promise<PreferencesRecord | null> {
    return this.#all.findOne({ _id: userId });
  }

  /**
   * Changes the given keys and leaves the others.
   * @param version that the caller saw, 0 for none @throws Problem 412 when there is another by now
   */
  async merge(userId: string, change: PreferencesChange, version?: number): Promise<PreferencesRecord> {
    const seen = version === undefined ? {} : { version: version === 0 ? { $exists: false } : version };
    try {
      const stored = await this.#write(userId, seen, change, version === undefined || version === 0);
      if (stored !== null) return stored;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      // Another first choice came in between; who wanted no certain version changes that one.
      if (version === undefined) return this.merge(userId, change);
    }
    throw versionConflict();
  }

  #write(userId: string, seen: object, { webhook_url: url, ...switches }: PreferencesChange, upsert: boolean) {
    const now = new Date();
    const removesUrl = url === '' || url === null;
    const given = Object.entries(switches).filter(([, value]) => value !== undefined);
    return this.#all.findOneAndUpdate(
      { _id: userId, ...seen },
      {
        $set: {
          ...Object.fromEntries(given),
          updated_at: now,
          ...(!removesUrl && url !== undefined && { webhook_url: url }),
        },
        ...(removesUrl && { $unset: { webhook_url: 1 } }),
        $inc: { version: 1 },
        $setOnInsert: { created_at: now },
      } as Change<PreferencesRecord>,
      { upsert },
    );
  }

  get #all() {
    return this.system('preferences belong to users, not to accounts');
  }
}
