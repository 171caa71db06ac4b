import { Injectable } from '@nestjs/common';
import { Database, SystemRepository } from '#persistence';
import { installationSecretCollection, type InstallationSecret } from './installation-secret.collection.js';

@Injectable()
export class InstallationSecrets extends SystemRepository<InstallationSecret> {
  constructor(database: Database) {
    super(database, installationSecretCollection);
  }

  async find(purpose: string): Promise<string | undefined> {
    return (await this.#all.findOne({ _id: purpose }))?.sealed;
  }

  /** Stores the secret unless there is one. @returns the one that counts, which another process may have stored */
  async putFirst(purpose: string, sealed: string): Promise<string> {
    const now = new Date();
    const stored = await this.#all.findOneAndUpdate(
      { _id: purpose },
      { $setOnInsert: { sealed, version: 1, created_at: now, updated_at: now } },
      { upsert: true },
    );
    return stored?.sealed ?? sealed;
  }

  get #all() {
    return this.system('the installation has one of each');
  }
}
