import { Injectable } from '@nestjs/common';
import { unavailable } from '#contracts';
import { ErasureSteps } from '#persistence';
import {
  ObjectStoreConfig,
  ObjectStoreError,
  openObjectStore,
  type ObjectStore,
  type StoredObject,
} from '#object-store';
import { loadConfig } from '#service-defaults';

/** Files of accounts, in the store that the runners use too. */
@Injectable()
export class AccountObjects {
  private readonly store: ObjectStore = openObjectStore(loadConfig(ObjectStoreConfig));

  constructor(steps: ErasureSteps) {
    steps.add({ name: 'files', erase: (accountId) => this.store.deleteAccount(accountId) });
  }

  /** @throws Problem 503 */
  put(key: string, file: StoredObject): Promise<void> {
    return this.reached(this.store.put(key, file));
  }

  /** @returns null when there is none. @throws Problem 503 */
  get(key: string): Promise<StoredObject | null> {
    return this.reached(this.store.get(key));
  }

  private async reached<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      if (error instanceof ObjectStoreError) throw unavailable('The store of files', error);
      throw error;
    }
  }
}
