import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { sandboxForTest, type SandboxForTest } from '../testing/sandbox-client.js';

interface Received {
  id: string;
  event: string;
  data: { seq?: number; contact_id?: string; html?: string; count?: number };
}

let sandbox: SandboxForTest;
let leaving: AbortController;
beforeAll(async () => {
  sandbox = await sandboxForTest();
});
afterAll(() => sandbox.stop());
beforeEach(async () => {
  leaving = new AbortController();
  await sandbox.admin('DELETE', '/effects');
});
afterEach(() => leaving.abort());

const tag = (...ids: string[]) => sandbox.keap('POST', '/tags/199/contacts:applyTags', { body: { contact_ids: ids } });

/** Opens the stream and answers how to read its next events. */
async function follow(query = '', headers: Record<string, string> = {}) {
  const answer = await fetch(`${sandbox.url}/effects/stream${query}`, { headers, signal: leaving.signal });
  expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  const reader = (answer.body ?? new ReadableStream<Uint8Array>()).pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const next = async (): Promise<Received> => {
    for (;;) {
      const [block, ...rest] = text.split('\n\n');
      if (rest.length > 0) text = rest.join('\n\n');
      if (rest.length > 0 && block?.includes('data: ') === true) return received(block);
      if (rest.length === 0) text += (await reader.read()).value ?? '';
    }
  };
  return { next };
}

function received(block: string): Received {
  const fields = Object.fromEntries(block.split('\n').map((line) => line.split(/: (.*)/s, 2))) as Record<
    string,
    string
  >;
  return {
    id: fields['id'] ?? '',
    event: fields['event'] ?? '',
    data: JSON.parse(fields['data'] ?? '') as Received['data'],
  };
}

it('brings every effect with its vendor, operation, contact and details', async () => {
  const stream = await follow();
  await tag('1002');
  const { event, data } = await stream.next();
  expect([event, data.contact_id]).toEqual(['effect', '1002']);
  for (const part of ['Keap', 'ApplyTag', '/contacts/1002', 'Ben Okafor', 'Tried the demo']) {
    expect(data.html).toContain(part);
  }
});

it('goes on from where a reader stopped, without a gap and without a repetition', async () => {
  const first = await follow();
  await tag('1001', '1002');
  const { id } = await first.next();
  await tag('1003');
  const again = await follow('?after=ignored.1', { 'last-event-id': id });
  const contacts = [await again.next(), await again.next()].map(({ data }) => data.contact_id);
  expect(contacts).toEqual(['1002', '1003']);
});

it('keeps to one contact where one is named', async () => {
  const stream = await follow('?contact=1003');
  await tag('1001', '1003', '1002');
  expect((await stream.next()).data.contact_id).toBe('1003');
  await tag('1001');
  await tag('1003');
  expect((await stream.next()).data.contact_id).toBe('1003');
});

it('says how many were left out for a reader that was away for long', async () => {
  const first = await follow();
  await tag('1001');
  const { id } = await first.next();
  for (let round = 0; round < 6; round += 1) await tag(...Array.from({ length: 10 }, (_, at) => String(1001 + at)));
  const again = await follow(`?after=${id}`);
  expect(await again.next()).toMatchObject({ event: 'skipped', data: { count: 10 } });
  expect(await again.next()).toMatchObject({ event: 'effect', data: { contact_id: '1001' } });
});

it('says that the log was cleared, and that it is another one since a restart', async () => {
  const stream = await follow();
  await tag('1001');
  await stream.next();
  await sandbox.admin('DELETE', '/effects');
  expect((await stream.next()).event).toBe('cleared');
  await tag('1002');
  expect((await stream.next()).data.contact_id).toBe('1002');
  const stranger = await follow('?after=former.7');
  expect((await stranger.next()).event).toBe('cleared');
  expect((await stranger.next()).data.contact_id).toBe('1002');
});

it('ends at once when the CRM stops', async () => {
  const other = await sandboxForTest();
  const answer = await fetch(`${other.url}/effects/stream`);
  const ended = answer.text();
  const stopped = other.stop();
  await Promise.race([stopped, delay(1_500).then(() => Promise.reject(new Error('It waited for its readers')))]);
  expect(await ended).toContain('retry: 1000');
});
