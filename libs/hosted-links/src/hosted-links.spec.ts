import { expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { HostedLinks, LinkRefused } from './hosted-links.js';

const now = new Date('2026-03-01T12:00:00Z');
const seconds = now.getTime() / 1000;
const key = (id: string) => ({ id, key: randomBytes(32) });
const old = key('old');
const current = key('current');
const links = new HostedLinks('https://links.example/', [current, old]);
const later = (count: number): Date => new Date(now.getTime() + count * 1000);

const tokenOf = (url: string): string => /[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+/.exec(url)?.[0] ?? '';
const part = (token: string, index: number): string => token.split('.')[index] ?? '';
const decoded = (text: string) => JSON.parse(Buffer.from(text, 'base64url').toString()) as Record<string, unknown>;
const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const refusal = async (token: string, at = now, by = links): Promise<string> => {
  try {
    await by.open(token, at);
  } catch (error) {
    if (error instanceof LinkRefused) return error.reason;
    throw error;
  }
  return 'opened';
};

test('each kind has its path', async () => {
  const urls = await Promise.all((['timer', 'redirect', 'upload'] as const).map((kind) => links.sign(kind, {}, now)));
  expect(urls.map((url) => url.replace(tokenOf(url), '#'))).toEqual([
    'https://links.example/timer?t=#',
    'https://links.example/t/#/go',
    'https://links.example/t/#',
  ]);
});

test('holds the claims and its life and nothing else', async () => {
  const token = tokenOf(await links.sign('redirect', { url: 'https://a.example/' }, now, { expiresInSeconds: 60 }));
  expect(decoded(part(token, 1))).toEqual({ url: 'https://a.example/', iat: seconds, exp: seconds + 60 });
  expect(decoded(part(token, 0))).toEqual({ alg: 'HS256', typ: 'mfh-redirect+jwt', kid: 'current' });
  expect(await links.open(token, later(59))).toMatchObject({ kind: 'redirect', claims: { url: 'https://a.example/' } });
  expect(await refusal(token, later(61))).toBe('expired');
});

test('may end at an instant, also at one that is over', async () => {
  const token = tokenOf(await links.sign('timer', {}, now, { expiresAt: later(-5) }));
  expect(decoded(part(token, 1))['exp']).toBe(seconds - 5);
  expect(await refusal(token)).toBe('expired');
});

test('opens what an older key signed, and nothing signed by a key that was taken away', async () => {
  const token = tokenOf(await new HostedLinks('https://links.example', [old]).sign('page', {}, now));
  expect(await refusal(token)).toBe('opened');
  expect(await refusal(token, now, new HostedLinks('https://links.example', [current]))).toBe('invalid');
});

test('refuses whatever was changed', async () => {
  const token = tokenOf(await links.sign('page', { contact_id: 'c-1' }, now));
  const [header, payload, signature] = [part(token, 0), part(token, 1), part(token, 2)];
  const forged = [
    `${header}.${encoded({ ...decoded(payload), contact_id: 'c-2' })}.${signature}`,
    `${encoded({ ...decoded(header), typ: 'mfh-redirect+jwt' })}.${payload}.${signature}`,
    `${encoded({ ...decoded(header), alg: 'none' })}.${payload}.`,
    `${encoded({ ...decoded(header), kid: 'nobody' })}.${payload}.${signature}`,
    `${header}.${payload}.`,
    'a.b.c',
    'rubbish',
    '',
    'x'.repeat(10_000),
  ];
  expect(await Promise.all(forged.map((each) => refusal(each)))).toEqual(forged.map(() => 'invalid'));
});
