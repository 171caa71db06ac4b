import { environment, newEmail, PASSWORD, startBeside, startIdentity } from '../testing/identity-under-test.js';
import type { Client, Failure } from '../testing/identity-under-test.js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { events } from '#contracts';
import { NATS_CONNECTION, type NatsConnection } from '#messaging';
import { waitFor } from '#testing';
import { service as accounts } from '../../../accounts/src/service.js';

interface SessionList {
  sessions: { session_id: string; current: boolean; device_label: string; ip: string }[];
  total_count: number;
}

const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';

describe('ending sessions', () => {
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

  /** Somebody signed in twice: at registration and once more. */
  const twice = async () => {
    const email = newEmail();
    const here = await identity.newcomer(email);
    const there = await identity.signIn(email, { agent: FIREFOX, ip: '192.0.2.5' });
    return {
      email,
      here,
      there,
      hereId: String(decodeJwt(here.token)['sid']),
      thereId: String(decodeJwt(there.token)['sid']),
    };
  };
  const works = async (token: string) => (await identity.get('/auth/status', token)).status === 200;
  /** In the service that made the token, and in another one. */
  const isRefused = (token: string) =>
    waitFor(
      async () => {
        const replies = await Promise.all([identity.get('/auth/status', token), beside.get('/accounts', token)]);
        return replies.every(({ status }) => status === 401);
      },
      { deadlineMs: 2_000, what: 'the token to be refused everywhere' },
    );

  it('ends this session only, everywhere within two seconds, and takes the cookie away', async () => {
    const { here, there } = await twice();
    const { status, body, headers } = await identity.post('/auth/logout', undefined, { token: here.token });
    expect({ status, body }).toEqual({ status: 200, body: { user_id: here.user.user_id } });
    expect(headers.get('set-cookie')).toBe('mfh_session=; Path=/api; Max-Age=0; HttpOnly; SameSite=Lax');
    await isRefused(here.token);
    expect(await works(there.token)).toBe(true);
    const { status: refreshed } = await identity.post('/auth/refresh', { refresh_token: here.refresh_token });
    expect(refreshed).toBe(401);
  });

  it('ends the session of a refresh token that is named, if it is of the same user', async () => {
    const [{ here, there }, stranger] = [await twice(), await identity.newcomer()];
    await identity.post('/auth/logout', { refresh_token: there.refresh_token }, { token: here.token });
    await isRefused(there.token);
    expect(await works(here.token)).toBe(true);
    await identity.post('/auth/logout', { refresh_token: stranger.refresh_token }, { token: here.token });
    await isRefused(here.token);
    expect(await works(stranger.token)).toBe(true);
  });

  it('lists where the user is signed in, and ends one of them', async () => {
    const { here, hereId, there, thereId } = await twice();
    const { body } = await identity.get<SessionList>('/auth/sessions', here.token);
    expect(body.total_count).toBe(2);
    expect(body.sessions.map(({ session_id, current }) => [session_id, current])).toEqual([
      [thereId, false],
      [hereId, true],
    ]);
    expect(body.sessions[0]).toMatchObject({
      device_label: 'Firefox on Windows',
      ip: '192.0.2.5',
      user_agent: FIREFOX,
    });
    const foreign = await identity.newcomer();
    expect(await identity.delete<Failure>(`/auth/sessions/${thereId}`, foreign.token)).toMatchObject({
      status: 404,
      body: { code: 'sessions.not_found' },
    });
    for (let n = 0; n < 2; n += 1) {
      expect(await identity.delete(`/auth/sessions/${thereId}`, here.token)).toMatchObject({
        status: 200,
        body: { session_id: thereId, status: 'revoked' },
      });
    }
    await isRefused(there.token);
    expect((await identity.get<SessionList>('/auth/sessions', here.token)).body.total_count).toBe(1);
  });

  it('ends all others, or all', async () => {
    const { email, here, there } = await twice();
    expect(await identity.post('/auth/logout-others', {}, { token: here.token })).toMatchObject({
      body: { revoked: 1 },
    });
    await isRefused(there.token);
    expect(await works(here.token)).toBe(true);
    const again = await identity.signIn(email);
    expect(await identity.post('/auth/logout-all', {}, { token: here.token })).toMatchObject({ body: { revoked: 2 } });
    await Promise.all([isRefused(here.token), isRefused(again.token)]);
    expect(await works((await identity.signIn(email)).token)).toBe(true);
  });

  it('changes the password: the others end, this session goes on', async () => {
    const { email, here, there } = await twice();
    const next = 'Battery-Staple-8';
    const change = (current_password: string, new_password: string) =>
      identity.put<Failure>('/auth/password', { current_password, new_password }, here.token);
    expect(await change('Wrong-Horse-7', next)).toMatchObject({
      status: 401,
      body: { error: 'Current password is incorrect' },
    });
    expect(await change(PASSWORD, PASSWORD)).toMatchObject({
      status: 400,
      body: { error: 'New password must be different from the current password' },
    });
    expect(await change(PASSWORD, 'alllowercase1')).toMatchObject({
      status: 400,
      body: { error: 'Password must contain an uppercase letter' },
    });
    expect(await change(PASSWORD, next)).toMatchObject({ status: 200, body: undefined });
    await isRefused(there.token);
    expect(await works(here.token)).toBe(true);
    const { status } = await identity.post('/auth/login', { email, password: PASSWORD });
    expect(status).toBe(401);
    expect((await identity.post('/auth/login', { email, password: next })).status).toBe(200);
    expect((await identity.post('/auth/refresh', { refresh_token: here.refresh_token })).status).toBe(200);
  });

  it('tells others at once, so that what is open for a session closes', async () => {
    const { here, hereId } = await twice();
    const connection = identity.running.app.get<NatsConnection>(NATS_CONNECTION);
    const heard = connection.subscribe(events.userSessionRevoked.subject(), { max: 1, timeout: 2_000 });
    await identity.post('/auth/logout', {}, { token: here.token });
    const messages: unknown[] = [];
    for await (const message of heard) messages.push(message.json());
    expect(messages[0]).toMatchObject({
      specversion: '1.0',
      type: 'mfh.identity.user.session_revoked.v1',
      subject: here.user.user_id,
      data: { user_id: here.user.user_id, session_ids: [hereId], reason: 'logout' },
    });
  });
});
