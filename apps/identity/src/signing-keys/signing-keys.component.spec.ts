import { environment, startBeside, startIdentity } from '../testing/identity-under-test.js';
import type { Client } from '../testing/identity-under-test.js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify, type JSONWebKeySet } from 'jose';
import { questions, SESSION_COOKIE } from '#contracts';
import { Questions } from '#messaging';
import { service as accounts } from '../../../accounts/src/service.js';
import { Clock } from '../clock.js';
import { SigningKeys } from '../persistence/signing-keys.repository.js';

describe('signing keys', () => {
  let identities: Client[];
  let beside: Client;

  beforeAll(async () => {
    process.env['MFH_LIMITS'] = 'lifted';
    // Two processes meet an empty database.
    identities = await Promise.all([startIdentity(), startIdentity()]);
    beside = await startBeside(accounts);
  });
  afterAll(async () => {
    await beside.running.stop();
    await Promise.all(identities.map(({ running }) => running.stop()));
    await environment.dispose();
  });

  const [one, two] = [() => identities[0] as Client, () => identities[1] as Client];
  const keySet = async (client: Client) => {
    const response = await fetch(`${client.running.url}/.well-known/jwks.json`);
    expect(response.headers.get('cache-control')).toBe('public, max-age=300');
    return (await response.json()) as JSONWebKeySet;
  };
  const kids = async (client: Client) => (await keySet(client)).keys.map(({ kid }) => kid);

  it('are made once, two of them, however many processes begin together; the private parts are sealed', async () => {
    const [first, second] = await Promise.all([kids(one()), kids(two())]);
    expect(first).toHaveLength(2);
    expect(second).toEqual(first);
    for (const key of (await keySet(one())).keys) {
      expect(Object.keys(key).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
    }
    const stored = await one().running.app.get(SigningKeys).published(new Date());
    for (const { sealed_private_key } of stored) expect(sealed_private_key).toMatch(/^mfhs1\./);
  });

  it('verify with nothing but the published set; the cookie has an audience of its own', async () => {
    const { token, user } = await one().newcomer();
    const set = createLocalJWKSet(await keySet(two()));
    const { payload } = await jwtVerify(token, set, { issuer: 'mfh', audience: 'mfh', algorithms: ['RS256'] });
    expect(payload).toMatchObject({ user_id: user.user_id });
    const again = await one().post('/auth/login', { email: user.email, password: 'Correct-Horse-7' });
    const cookie = /mfh_session=([^;]+)/.exec(again.headers.get('set-cookie') ?? '')?.[1] ?? '';
    await jwtVerify(cookie, set, { issuer: 'mfh', audience: SESSION_COOKIE.audience });
    expect((await one().get('/auth/status', cookie)).status).toBe(401);
  });

  it('rotate without ending anything: the announced key signs, another is announced, the old one stays a while', async () => {
    const { token } = await one().newcomer();
    const before = await kids(one());
    const { signing_kid, published_kids } = await one().running.app.get(Questions).ask(questions.rotateSigningKeys, {});
    expect(signing_kid).toBe(before[0]);
    expect(published_kids).toHaveLength(3);
    expect(published_kids).toEqual(expect.arrayContaining(before as string[]));
    expect((await one().get('/auth/status', token)).status).toBe(200);
    // Nobody has heard of the key that was announced just now, so it does not sign yet.
    await expect(one().running.app.get(Questions).ask(questions.rotateSigningKeys, {})).rejects.toMatchObject({
      status: 409,
      code: 'signing_keys.announced_too_recently',
    });
    // Both processes see it after half a minute at the latest.
    for (const { running } of identities) running.app.get(Clock).now = () => new Date(Date.now() + 31_000);
    for (const client of identities) {
      const fresh = await client.newcomer();
      expect(decodeProtectedHeader(fresh.token).kid).toBe(signing_kid);
      expect((await client.get('/auth/status', fresh.token)).status).toBe(200);
    }
    const dayLater = new Date(Date.now() + 26 * 60 * 60 * 1000);
    const left = await one().running.app.get(SigningKeys).published(dayLater);
    expect(left.map(({ kid }) => kid)).toEqual(published_kids.slice(0, 2));
  });
});
