import { Injectable } from '@nestjs/common';
import { Database, stamped, SystemRepository, type Change, type OwnFields } from '#persistence';
import { userCollection, type User } from './user.collection.js';

@Injectable()
export class Users extends SystemRepository<User> {
  constructor(database: Database) {
    super(database, userCollection);
  }

  find(userId: string): Promise<User | null> {
    return this.system('a user belongs to no account').findOne({ _id: userId });
  }

  /** @param email in its stored form (lower case) */
  findByEmail(email: string): Promise<User | null> {
    return this.system('sign-in starts from an address').findOne({ email });
  }

  describe(userIds: readonly string[]): Promise<User[]> {
    return this.system('other services show who somebody is').find({ _id: { $in: [...userIds] } });
  }

  /** @throws DuplicateKey when the address is taken */
  insert(user: OwnFields<User>): Promise<User> {
    return this.system('registration').insertOne(stamped<User>(user));
  }

  /**
   * Sets fields of a user.
   * @returns the user afterwards, null when there is none
   * @throws DuplicateKey when a changed address is taken
   */
  change(userId: string, fields: Partial<OwnFields<User>>): Promise<User | null> {
    return this.system('a user belongs to no account').findOneAndUpdate({ _id: userId }, {
      $set: { ...fields, updated_at: new Date() },
      $inc: { version: 1 },
    } as Change<User>);
  }

  /**
   * An invited user takes part from now on. Whether a mail reached them is for the caller to say (`email_verified_at`).
   * @returns the user afterwards, null when there is none who is invited
   */
  activate(
    userId: string,
    fields: Pick<User, 'name' | 'password_hash' | 'current_account_id'> & Partial<OwnFields<User>>,
  ): Promise<User | null> {
    return this.system('a user belongs to no account').findOneAndUpdate({ _id: userId, status: 'invited' }, {
      $set: { ...fields, status: 'active', updated_at: new Date() },
      $inc: { version: 1 },
    } as Change<User>);
  }

  /** The user read a mail at `email`. @returns the user afterwards; null when the address is another one by now */
  verify(userId: string, email: string, now: Date): Promise<User | null> {
    return this.system('a user belongs to no account').findOneAndUpdate({ _id: userId, email }, {
      $set: { email_verified_at: now, updated_at: now },
      $inc: { version: 1 },
    } as Change<User>);
  }

  /** Stores another hash of the same password. Changes nothing when the password is another one by now. */
  async replaceHash(userId: string, former: string, next: string): Promise<void> {
    await this.system('a user belongs to no account').updateOne(
      { _id: userId, password_hash: former },
      { $set: { password_hash: next } },
    );
  }

  /** A hash of the dearest kind among those that begin with `prefix`, if there is one. */
  async dearestHash(prefix: string): Promise<string | undefined> {
    const [found] = await this.system('hashes of former times belong to no account').find(
      { password_hash: { $gte: prefix, $lt: `${prefix}~` } },
      { sort: { password_hash: -1 }, limit: 1, fields: ['_id', 'password_hash'] },
    );
    return found?.password_hash;
  }

  /** The user has another address now, which is to be confirmed. */
  async unverify(userId: string): Promise<void> {
    await this.system('a user belongs to no account').updateOne({ _id: userId }, { $unset: { email_verified_at: 1 } });
  }

  /** Makes all tokens of the user void that were issued until now, except those of one session. */
  raiseAuthVersion(
    userId: string,
    now: Date,
    { except, fields = {} }: { except?: string; fields?: Partial<OwnFields<User>> } = {},
  ): Promise<User | null> {
    const raised = { auth_version_raised_at: now, ...(except !== undefined && { auth_version_except: except }) };
    return this.system('a user belongs to no account').findOneAndUpdate({ _id: userId }, {
      $set: { ...fields, ...raised, updated_at: now },
      $inc: { version: 1, auth_version: 1 },
      ...(except === undefined && { $unset: { auth_version_except: 1 } }),
    } as Change<User>);
  }

  /** Users whose tokens became void since `since`. */
  raisedSince(since: Date): Promise<User[]> {
    return this.system('revocations concern all accounts').find(
      { auth_version_raised_at: { $gte: since } },
      { fields: ['_id', 'auth_version', 'auth_version_except'] },
    );
  }
}
