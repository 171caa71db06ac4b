import { Injectable } from '@nestjs/common';
import { Database, SystemRepository, type Change } from '#persistence';
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

  /** Changes the given keys and leaves the others. */
  merge(userId: string, { webhook_url: url, ...switches }: PreferencesChange): Promise<PreferencesRecord | null> {
    const now = new Date();
    const removesUrl = url === '' || url === null;
    const given = Object.entries(switches).filter(([, value]) => value !== undefined);
    return this.#all.findOneAndUpdate(
      { _id: userId },
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
      { upsert: true },
    );
  }

  get #all() {
    return this.system('preferences belong to users, not to accounts');
  }
}
