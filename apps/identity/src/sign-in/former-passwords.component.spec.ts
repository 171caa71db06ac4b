import { environment, PASSWORD, startBeside, startIdentity } from '../testing/identity-under-test.js';
import type { Client } from '../testing/identity-under-test.js';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { hashSync } from 'bcryptjs';
import { service as accounts } from '../../../accounts/src/service.js';
import { Users } from '../persistence/users.repository.js';

let identity: Client;
let beside: Client;

beforeAll(async () => {
  process.env['MFH_LIMITS'] = 'lifted';
  identity = await startIdentity();
  beside = await startBeside(accounts);
});
afterAll(async () => {
  await beside.running.stop();
  await identity.running.stop();
  await environment.dispose();
});

const login = async (email: string, password: string) =>
  (await identity.post('/auth/login', { email, password })).status;

it('signs in with a bcrypt hash of former times, and stores one of today in its place', async () => {
  const users = identity.running.app.get(Users);
  const { user, token } = await identity.newcomer();
  await users.change(user.user_id, { password_hash: hashSync(PASSWORD, 4) });
  const hash = async () => (await users.find(user.user_id))?.password_hash ?? '';

  expect(await login(user.email, 'Wrong-Horse-7')).toBe(401);
  expect(await hash()).toMatch(/^\$2b\$/);
  expect(await Promise.all([login(user.email, PASSWORD), login(user.email, PASSWORD)])).toEqual([200, 200]);
  expect(await hash()).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await login(user.email, PASSWORD)).toBe(200);
  expect(await login(user.email, 'Wrong-Horse-7')).toBe(401);
  // The password is the same: nobody is signed out.
  expect((await identity.get('/auth/status', token)).status).toBe(200);
});

it('leaves a password alone that was changed in the meantime', async () => {
  const users = identity.running.app.get(Users);
  const { user } = await identity.newcomer();
  const before = (await users.find(user.user_id))?.password_hash;
  await users.replaceHash(user.user_id, '$2b$04$anotherone', 'overwritten');
  expect((await users.find(user.user_id))?.password_hash).toBe(before);
});
