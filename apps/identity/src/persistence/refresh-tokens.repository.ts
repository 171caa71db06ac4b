import { Injectable } from '@nestjs/common';
import { Database, SystemRepository } from '#persistence';
import { refreshTokenCollection, type RefreshToken } from './refresh-token.collection.js';

@Injectable()
export class RefreshTokens extends SystemRepository<RefreshToken> {
  constructor(database: Database) {
    super(database, refreshTokenCollection);
  }

  find(hash: string): Promise<RefreshToken | null> {
    return this.system('a refresh token names its session').findOne({ _id: hash });
  }

  /** Stores a token's hash; storing it again changes nothing. */
  async put(hash: string, token: Pick<RefreshToken, 'session_id' | 'generation' | 'expires_at'>): Promise<void> {
    const now = new Date();
    await this.system('a refresh token names its session').updateOne(
      { _id: hash },
      { $setOnInsert: { ...token, version: 1, created_at: now, updated_at: now } },
      { upsert: true },
    );
  }
}
