import { defineCollection, type Entity, erasedByUser } from '#persistence';
import type { UserStatus } from '#contracts';

/** A person who signs in. `_id` is `user:` and the bare subject. */
export interface User extends Entity {
  /** Lower case; unique. */
  email: string;
  name: string;
  phone_number?: string;
  company?: string;
  status: UserStatus;
  /** Argon2id, with its parameters. */
  password_hash: string;
  /** Chooses the account of the next sign-in; the tenant of a request comes from its token. */
  current_account_id: string;
  onboarding_complete: boolean;
  /** Tokens with a lower version are void. */
  auth_version: number;
  auth_version_raised_at?: Date;
  /** The session that raised the version itself: its tokens stay good. */
  auth_version_except?: string;
  last_login_at?: Date;
  /** When the user showed to read `email`; absent until then. */
  email_verified_at?: Date;
}

export const userCollection = defineCollection<User>({
  name: 'users',
  domain: 'users',
  title: 'User',
  erasure: erasedByUser('_id'),
  fields: {
    email: { type: String, required: true },
    name: { type: String, required: true },
    phone_number: String,
    company: String,
    status: { type: String, required: true },
    password_hash: { type: String, required: true },
    current_account_id: { type: String, required: true },
    onboarding_complete: { type: Boolean, required: true },
    auth_version: { type: Number, required: true },
    auth_version_raised_at: Date,
    auth_version_except: String,
    last_login_at: Date,
    email_verified_at: Date,
  },
  indexes: [
    { keys: { email: 1 }, options: { unique: true } },
    { keys: { password_hash: 1 } },
    {
      keys: { auth_version_raised_at: 1 },
      options: { partialFilterExpression: { auth_version_raised_at: { $exists: true } } },
    },
  ],
});
