import { Injectable } from '@nestjs/common';
import { timingSafeEqual } from 'node:crypto';
import { Clock } from '../clock.js';
import {
  CODE_ATTEMPTS,
  codeHash,
  newCode,
  newToken,
  SECRET_LIFE_MS,
  tokenHash,
  type SecretPurpose,
  type SecretWay,
} from '../domain/one-time-secret.js';
import type { OneTimeSecret } from '../persistence/one-time-secret.collection.js';
import { OneTimeSecretStore } from '../persistence/one-time-secrets.repository.js';
import { DerivationKey } from '../sessions/derivation-key.js';

/** Whose secret it is, and what for. */
export interface SecretOwner {
  purpose: SecretPurpose;
  userId: string;
  /** Where it is sent. */
  email: string;
}

/** What a shown code came to. */
export type CodeCheck = { secret: OneTimeSecret } | 'wrong' | 'expired';

/** Codes and links' tokens that are mailed and come back once. Only hashes are stored. */
@Injectable()
export class OneTimeSecrets {
  constructor(
    private readonly store: OneTimeSecretStore,
    private readonly derivationKey: DerivationKey,
    private readonly clock: Clock,
  ) {}

  async issueToken(owner: SecretOwner): Promise<string> {
    const token = newToken();
    await this.put(owner, 'token', tokenHash(owner.purpose, token));
    return token;
  }

  async issueCode(owner: SecretOwner): Promise<string> {
    const code = newCode();
    await this.put(owner, 'code', codeHash(await this.derivationKey.get(), owner.purpose, owner.userId, code));
    return code;
  }

  /**
   * Looks at a code and uses up one of its attempts, right or wrong: parallel guesses get no more than five. Outside
   * every transaction, because a rolled-back attempt would be a free one.
   */
  async checkCode(purpose: SecretPurpose, userId: string, code: string): Promise<CodeCheck> {
    const secret = await this.store.useAttempt({ purpose, way: 'code', user_id: userId });
    const shown = codeHash(await this.derivationKey.get(), purpose, userId, code);
    if (secret === null || !timingSafeEqual(Buffer.from(shown), Buffer.from(secret.secret_hash))) return 'wrong';
    return this.isGood(secret) ? { secret } : 'expired';
  }

  /** @returns undefined when no such token is good */
  async findToken(purpose: SecretPurpose, token: string): Promise<OneTimeSecret | undefined> {
    const secret = await this.store.findByHash(purpose, 'token', tokenHash(purpose, token));
    return secret !== null && this.isGood(secret) ? secret : undefined;
  }

  /**
   * Spends a secret, and with it the others for the same purpose. Joins the transaction of what the secret allows.
   * @returns false when somebody else has spent it
   */
  async spend(secret: OneTimeSecret): Promise<boolean> {
    const spent = await this.store.consume(secret);
    if (spent) await this.store.drop(secret.user_id, secret.purpose);
    return spent;
  }

  /** Makes everything worthless that was mailed to a user, or all that serves one purpose. */
  drop(userId: string, purpose?: SecretPurpose): Promise<void> {
    return this.store.drop(userId, purpose);
  }

  private isGood({ expires_at }: OneTimeSecret): boolean {
    return expires_at > this.clock.now();
  }

  private put({ purpose, userId, email }: SecretOwner, way: SecretWay, hash: string): Promise<void> {
    const now = this.clock.now();
    const secret = {
      purpose,
      way,
      user_id: userId,
      email,
      secret_hash: hash,
      attempts_left: CODE_ATTEMPTS,
      expires_at: new Date(now.getTime() + SECRET_LIFE_MS[purpose][way]),
    };
    return this.store.put(secret, now);
  }
}
