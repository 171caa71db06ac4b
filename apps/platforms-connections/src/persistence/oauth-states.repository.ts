import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { Database, TenantRepository } from '#persistence';
import { oauthStateCollection, type OAuthState } from './oauth-state.collection.js';

/** The stored key of a state. */
export const oauthStateKey = (state: string): string => createHash('sha256').update(state).digest('hex');

@Injectable()
export class OAuthStates extends TenantRepository<OAuthState> {
  constructor(database: Database) {
    super(database, oauthStateCollection);
  }

  /**
   * Takes a started sign-in out, so that it can be finished once only, however many callbacks arrive at once.
   * @returns null when the state is unknown, used or older than its 15 minutes
   */
  take(state: string, now: Date): Promise<OAuthState | null> {
    return this.system(
      'the vendor sends the browser back without a session; the state names the account',
    ).findOneAndDelete({ _id: oauthStateKey(state), expires_at: { $gt: now } });
  }
}
