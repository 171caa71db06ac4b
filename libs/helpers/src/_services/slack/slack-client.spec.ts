import { afterEach, describe, expect, test } from '@jest/globals';
import { FakeService, type ArrivedRequest, type FakeAnswer } from '#helper-testing';
import { postSlackMessage, postSlackWebhook } from './slack-client.js';

/** Slack: one incoming webhook, one bot with one channel. */
function slack({ method, origin, path, headers, body }: ArrivedRequest): FakeAnswer {
  if (method !== 'POST' || !headers['content-type']?.startsWith('application/json')) return { status: 404 };
  const message = JSON.parse(body) as { text?: string; channel?: string };
  if (origin === 'https://hooks.slack.com') {
    if (path !== '/services/T/B/key') return { status: 404, body: 'no_service' };
    if (message.text === 'again') return { status: 429, headers: { 'Retry-After': '7' } };
    return message.text === '' ? { status: 400, body: 'no_text' } : { status: 200, body: 'ok' };
  }
  if (origin !== 'https://slack.com' || path !== '/api/chat.postMessage') return { status: 404 };
  const refusal = (error: string): FakeAnswer => ({ status: 200, body: { ok: false, error } });
  if (headers['authorization'] !== 'Bearer xoxb-1') return refusal('invalid_auth');
  if (message.channel !== '#sales') return refusal('channel_not_found');
  if (message.text === 'again') return refusal('ratelimited');
  return { status: 200, body: { ok: true, channel: 'C1', ts: '1503435956.000247' } };
}

let service: FakeService;
const start = async () => (service = await FakeService.start(slack)).http;
afterEach(() => service.stop());

describe('an incoming webhook', () => {
  const url = 'https://hooks.slack.com/services/T/B/key';

  test('takes a message', async () => {
    await postSlackWebhook(await start(), url, { text: 'Hi', username: 'Bot' });
    expect(service.arrived.map(({ body }) => body)).toEqual(['{"text":"Hi","username":"Bot"}']);
  });

  test.each([
    [`${url}x`, 'Hi', { code: 'upstream_error', failureClass: 'give_up', nothingDone: true }],
    [url, '', { code: 'upstream_error', failureClass: 'give_up', nothingDone: true }],
    [url, 'again', { code: 'rate_limited', failureClass: 'retry', retryAfterMs: 7_000, nothingDone: true }],
  ])('%s refuses "%s"', async (address, text, failure) => {
    const posting = postSlackWebhook(await start(), address, { text });
    await expect(posting).rejects.toMatchObject(failure);
    await expect(posting).rejects.not.toMatchObject({ message: expect.stringContaining('/services/') });
  });
});

describe('the bot', () => {
  test('posts to its channel', async () => {
    const posted = await postSlackMessage(await start(), 'xoxb-1', { channel: '#sales', text: 'Hi' });
    expect(posted).toEqual({ reference: '1503435956.000247' });
  });

  test.each([
    ['xoxb-2', '#sales', 'Hi', { failureClass: 'give_up', message: expect.stringContaining('invalid_auth') }],
    ['xoxb-1', '#gone', 'Hi', { failureClass: 'give_up', message: expect.stringContaining('channel_not_found') }],
    ['xoxb-1', '#sales', 'again', { failureClass: 'retry', nothingDone: true }],
  ])('%s to %s: %s', async (token, channel, text, failure) => {
    await expect(postSlackMessage(await start(), token, { channel, text })).rejects.toMatchObject(failure);
  });
});
