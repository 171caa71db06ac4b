import { randomBytes } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, importPKCS8, SignJWT } from 'jose';
import mongoose from 'mongoose';
import type { Role } from '#contracts';
import { PASSWORD } from './customer.js';
import type { RunningSystem } from './running-system.js';

interface SignedIn {
  token: string;
  user: { user_id: string };
}

interface StoredKey {
  kid: string;
  sealed_private_key: string;
}

/** A person with a role in an account, who can sign in as often as needed. */
export interface Member {
  role: Role;
  email: string;
  userId: string;
  /** A new session in the account. */
  signIn(): Promise<string>;
}

/** One collection of one service's database. */
async function withCollection<T>(
  { env }: RunningSystem,
  service: string,
  name: string,
  work: (collection: mongoose.mongo.Collection<{ _id: string }>) => Promise<T>,
): Promise<T> {
  const connection = await mongoose.createConnection(env['MFH_MONGO_URL'] ?? '').asPromise();
  try {
    const database = connection.useDb(`${env['MFH_DATABASE_PREFIX'] ?? ''}${service}`);
    return await work(database.collection(name) as unknown as mongoose.mongo.Collection<{ _id: string }>);
  } finally {
    await connection.close();
  }
}

/** Registers somebody and makes this person a member of an account, as if an invitation had been accepted. */
export async function newMember(system: RunningSystem, accountId: string, role: Role): Promise<Member> {
  const email = `${role}-${randomBytes(6).toString('hex')}@example.com`;
  const { api } = system;
  const registered = await api.post<SignedIn>('/auth/register', { email, password: PASSWORD, name: `A ${role}` });
  const userId = registered.data.user.user_id;
  const now = new Date();
  await withCollection(system, 'accounts', 'user-accounts', async (memberships) => {
    const times = { linked_at: now, created_at: now, updated_at: now };
    const membership = { account_id: accountId, user_id: userId, role, status: 'active', version: 1, ...times };
    await memberships.insertOne({ _id: `${accountId}/${userId}`, ...membership });
  });
  await api.withToken(registered.data.token).post('/accounts/switch', { account_id: accountId });
  const signIn = async (): Promise<string> => {
    const { token } = (await api.post<SignedIn>('/auth/login', { email, password: PASSWORD })).data;
    const claims = decodeJwt(token);
    if (claims['acc'] !== accountId || claims['role'] !== role) throw new Error(`The ${role} is not in the account`);
    return token;
  };
  return { role, email, userId, signIn };
}

/** What `token` says, signed by the installation's own key, but over an hour ago and for a minute. */
export async function expiredLike(system: RunningSystem, token: string): Promise<string> {
  const { kid = '' } = decodeProtectedHeader(token);
  const stored = await withCollection(system, 'identity', 'signing-keys', (keys) => keys.findOne({ kid } as object));
  const { sealerFromEnvironment } = await import('#sealing');
  const { sealed_private_key: sealed } = stored as unknown as StoredKey;
  const pkcs8 = await sealerFromEnvironment({ ...process.env, ...system.env }).open(
    sealed,
    `identity/signing-key/${kid}`,
  );
  const then = Math.floor(Date.now() / 1_000) - 3_600;
  return new SignJWT({ ...decodeJwt(token), iat: then, exp: then + 60 })
    .setProtectedHeader({ alg: 'RS256', kid, typ: 'JWT' })
    .sign(await importPKCS8(pkcs8, 'RS256'));
}
