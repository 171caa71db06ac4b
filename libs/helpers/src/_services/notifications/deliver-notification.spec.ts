import { createHmac } from 'node:crypto';
import { beforeEach, expect, test } from '@jest/globals';
import { World, VectorCase } from '#helper-testing';
import { HelperFailure } from '../../_kit/helper-failure.js';
import type { Notification } from '../../_kit/outside-ports.js';
import { deliverNotification } from './deliver-notification.js';

interface Answer {
  status: number;
  body?: unknown;
}

const note = (more: Partial<Notification>): Notification => ({
  channel: 'email',
  subject: 'New lead',
  message: 'Ada <ada@example.com>',
  contact: { first_name: 'Ada' },
  ...more,
});

let world: World;
function answering(...answers: Answer[]): void {
  const http = answers.map((response) => ({ request: {}, response: { ...response } }));
  world = new World(
    VectorCase.parse({ id: 'x', type: 'x', config: {}, expect: {}, http, services: { slack: { api_key: 'xoxb' } } }),
  );
}
beforeEach(() => answering());

const deliver = (more: Partial<Notification>) => {
  const { http, mail, crypto, clock, services } = world.ports;
  const parts = { http, mail, crypto, clock, services, helperId: 'helper:h1', executionId: 'exec:1' };
  return deliverNotification(parts, note(more), 'exec:1.deliver');
};

async function failure(more: Partial<Notification>): Promise<[code: string, failureClass: string]> {
  try {
    await deliver(more);
  } catch (error) {
    if (error instanceof HelperFailure) return [error.code, error.failureClass];
    throw error;
  }
  return ['none', 'none'];
}

test('mail goes to the recipient as plain text', async () => {
  expect(await deliver({ recipient: 'ops@example.com' })).toMatchObject({ recipient: 'ops@example.com' });
  expect(world.mail.sent).toEqual([
    { to: 'ops@example.com', subject: 'New lead', body: 'Ada <ada@example.com>', contentType: 'text/plain' },
  ]);
});

test('mail without recipient goes to the owner, and has a subject', async () => {
  expect(await deliver({ subject: '' })).toMatchObject({ recipient: 'owner@example.com' });
  expect(world.mail.sent[0]?.subject).toBe('Notification');
});

test('Slack gets a message of the bot', async () => {
  answering({ status: 200, body: { ok: true, ts: '17.1' } });
  expect(await deliver({ channel: 'slack', recipient: '#sales' })).toEqual({ recipient: '#sales', reference: '17.1' });
  const [request] = world.http.requests;
  expect(request?.url).toBe('https://slack.com/api/chat.postMessage');
  expect(request?.headers?.['Authorization']).toBe('Bearer xoxb');
  expect(JSON.parse(request?.body ?? '')).toEqual({ channel: '#sales', text: '*New lead*\nAda <ada@example.com>' });
});

test('Slack gets a message by its incoming webhook, whose path nobody is told', async () => {
  answering({ status: 200, body: 'ok' });
  const recipient = 'https://hooks.slack.com/services/T/B/x';
  expect(await deliver({ channel: 'slack', recipient })).toEqual({ recipient: 'https://hooks.slack.com' });
});

test('a webhook gets signed JSON and a key for repeats', async () => {
  answering({ status: 204 });
  await deliver({ channel: 'webhook', recipient: 'https://in.example.com/x?y=1', secret: 'sesame' });
  const { headers = {}, body = '', timeoutMs } = world.http.requests[0] ?? {};
  expect(JSON.parse(body)).toEqual({
    helper_id: 'helper:h1',
    execution_id: 'exec:1',
    contact: { first_name: 'Ada' },
    subject: 'New lead',
    message: 'Ada <ada@example.com>',
  });
  const signature = createHmac('sha256', 'sesame').update(`${headers['X-Timestamp']}.${body}`).digest('base64');
  expect(headers).toMatchObject({ 'Idempotency-Key': 'exec:1.deliver', 'X-Signature-Timestamped': signature });
  expect(timeoutMs).toBe(10_000);
});

test.each([
  [404, 'upstream_error', 'give_up'],
  [429, 'rate_limited', 'retry'],
  [503, 'upstream_error', 'retry'],
])('a webhook that answers %s fails the delivery', async (status, code, failureClass) => {
  answering({ status });
  expect(await failure({ channel: 'webhook', recipient: 'https://in.example.com/' })).toEqual([code, failureClass]);
});

test('private addresses are never called', async () => {
  expect(await failure({ channel: 'webhook', recipient: 'https://169.254.169.254/' })).toEqual([
    'blocked_url',
    'give_up',
  ]);
});
