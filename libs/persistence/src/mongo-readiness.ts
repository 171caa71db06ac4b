import { Injectable } from '@nestjs/common';
import { unavailable } from '#contracts';
import type { ReadinessCheck } from '#telemetry';
import { Database } from './database.js';

/** Readiness check `mongodb`: the primary answers and the declared indexes are there. */
@Injectable()
export class MongoReadiness implements ReadinessCheck {
  readonly readinessName = 'mongodb';
  readonly #database: Database;
  #prepared = false;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The module says so once collections and indexes are in place. */
  prepared(): void {
    this.#prepared = true;
  }

  /** @throws 503 problem when the service cannot use its database now */
  async checkReadiness(): Promise<void> {
    await this.#database.ping();
    if (!this.#prepared) throw unavailable('The database schema');
  }
}
