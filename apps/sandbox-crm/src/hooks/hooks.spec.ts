import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { DEMO_KEY } from '../demo-facts.js';
import { startSandbox, type RunningSandbox } from '../sandbox.js';

interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

let sandbox: RunningSandbox;
let receiver: Server;
let url: string;
let received: Received[];
/** What the receiver answers to the next deliveries; 200 after that. */
let answers: number[];

beforeEach(async () => {
  [received, answers] = [[], []];
  receiver = createServer((request, response) => {
    void text(request).then((body) => {
      received.push({ path: request.url ?? '', headers: request.headers, body });
      const word = request.headers['x-hook-secret'];
      response.writeHead(
        word === undefined ? (answers.shift() ?? 200) : 200,
        word === undefined ? {} : { 'X-Hook-Secret': word },
      );
      response.end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  sandbox = await startSandbox({ port: 0, contacts: 5, hooks: { speed: 1_000_000 } });
});
afterEach(async () => {
  await sandbox.stop();
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
});

async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const form = body instanceof URLSearchParams;
  const answer = await fetch(sandbox.url + path, {
    method,
    headers: {
      authorization: `Bearer ${DEMO_KEY}`,
      ...(form || body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: form ? body : JSON.stringify(body) }),
  });
  const said = await answer.text();
  return { status: answer.status, body: (said === '' ? undefined : JSON.parse(said)) as Record<string, unknown> };
}

async function until<T>(look: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 500; tries += 1) {
    const seen = await look();
    if (seen !== undefined) return seen;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`Waited in vain; received ${JSON.stringify(received)}`);
}

const HOOKS = '/keap/crm/rest/v1/hooks';
const TAG = '/keap/crm/rest/v2/tags/199/contacts';
const statusOf = async (key: unknown) => (await call('GET', `${HOOKS}/${String(key)}`)).body['status'];
const eventsOf = (path: string) =>
  received.filter((one) => one.path === path && one.headers['x-hook-secret'] === undefined);

async function keapHook(eventKey: string, path: string): Promise<unknown> {
  const made = await call('POST', HOOKS, { eventKey, hookUrl: url + path });
  expect([made.status, made.body['status']]).toEqual([201, 'Unverified']);
  await until(async () => ((await statusOf(made.body['key'])) === 'Verified' ? true : undefined));
  return made.body['key'];
}

describe('Keap’s hooks', () => {
  it('are tried out, tell ids only, and are one for each event and address', async () => {
    const key = await keapHook('contactGroup.applied', '/tags');
    expect((await call('POST', HOOKS, { eventKey: 'contactGroup.applied', hookUrl: `${url}/tags` })).body['key']).toBe(
      key,
    );
    await call('POST', `${TAG}:applyTags`, { contact_ids: ['1001', '1002'] });
    await until(() => (eventsOf('/tags').length === 2 ? true : undefined));
    expect(eventsOf('/tags').map(({ body }) => JSON.parse(body) as unknown)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          event_key: 'contactGroup.applied',
          object_keys: [
            expect.objectContaining({ id: '199', contact_details: [expect.objectContaining({ id: '1001' })] }),
          ],
        }),
      ]),
    );
  });

  it('are told again after a failure, and end with the fourth or when the receiver is gone', async () => {
    const key = await keapHook('contact.edit', '/edits');
    const edit = (job_title: string) =>
      call('PATCH', '/keap/crm/rest/v2/contacts/1001?update_mask=job_title', { job_title });
    answers = [500, 503];
    await edit('One');
    await until(() => (eventsOf('/edits').length === 3 ? true : undefined));
    expect(await statusOf(key)).toBe('Verified');
    answers = [410];
    await edit('Two');
    await until(async () => ((await statusOf(key)) === 'Inactive' ? true : undefined));
    await call('POST', `${HOOKS}/${String(key)}/verify`);
    await until(async () => ((await statusOf(key)) === 'Verified' ? true : undefined));
    answers = [500, 500, 500, 500];
    await edit('Three');
    await until(async () => ((await statusOf(key)) === 'Inactive' ? true : undefined));
  });

  it('refuse what is not known, and belong to who made them', async () => {
    expect((await call('POST', HOOKS, { eventKey: 'contact.sneeze', hookUrl: url })).status).toBe(400);
    const key = await keapHook('contact.add', '/new');
    const stranger = { authorization: 'Bearer sandbox-key-stranger' };
    expect((await call('GET', `${HOOKS}/${String(key)}`, undefined, stranger)).status).toBe(404);
    expect((await call('DELETE', `${HOOKS}/${String(key)}`)).status).toBe(204);
    expect((await call('GET', HOOKS)).body).toEqual([]);
  });
});

describe('ActiveCampaign’s webhooks', () => {
  const token = { 'api-token': DEMO_KEY };

  it('are forms, sent once, and leave out changes from the sources that nobody asked for', async () => {
    const webhook = { name: 'x', url: `${url}/ac`, events: ['contact_tag_added'], sources: ['admin'] };
    const made = await call('POST', '/activecampaign/api/3/webhooks', { webhook }, token);
    expect(made.status).toBe(201);
    const own = { contactTag: { contact: '1001', tag: '199' } };
    expect((await call('POST', '/activecampaign/api/3/contactTags', own, token)).status).toBe(201);
    answers = [500];
    await call('POST', `${TAG}:applyTags`, { contact_ids: ['1003'] });
    const [told] = await until(() => (eventsOf('/ac').length > 0 ? eventsOf('/ac') : undefined));
    const form = new URLSearchParams(told?.body);
    expect([form.get('type'), form.get('contact[id]'), form.get('initiated_from')]).toEqual([
      'contact_tag_added',
      '1003',
      'admin',
    ]);
    expect(eventsOf('/ac')).toHaveLength(1);
  });
});

describe('Ontraport’s webhooks', () => {
  const key = { 'api-key': DEMO_KEY, 'api-appid': 'any' };

  it('are of one tag, until they are given up', async () => {
    const form = new URLSearchParams({ url: `${url}/op`, event: 'sub_tag(199)' });
    const { body } = await call('POST', '/ontraport/1/Webhook/subscribe', form, key);
    const { id } = body['data'] as { id: string };
    await call('POST', `${TAG}:applyTags`, { contact_ids: ['1001'] });
    const [told] = await until(() => (eventsOf('/op').length > 0 ? eventsOf('/op') : undefined));
    expect(JSON.parse(told?.body ?? '')).toMatchObject({
      webhook_id: id,
      event: { type: 'sub_tag' },
      data: { id: '1001' },
    });
    expect((await call('DELETE', `/ontraport/1/Webhook/unsubscribe?id=${id}`, undefined, key)).body['code']).toBe(0);
  });
});
