import { describe, expect, it } from '@jest/globals';
import { sandboxForTest, type Reply, type SandboxForTest } from '../testing/sandbox-client.js';
import { metersFor } from './meters.js';
import type { MeteredCall } from './window-counter.js';

const now = Date.UTC(2026, 0, 15, 12);
const call = (values: Partial<MeteredCall> = {}): MeteredCall => ({
  account: 'tenant-1',
  credential: 'key-1',
  byToken: false,
  path: '/contacts',
  now,
  ...values,
});

/** How many of `times` calls a vendor lets through, and its answer to the next one. */
function admitted(vendor: string, times: number, callOf: (index: number) => MeteredCall) {
  const meter = metersFor('as-vendors').get(vendor);
  const answers = Array.from({ length: times }, (_, index) => meter?.admit(callOf(index)));
  const refused = answers.filter((answer) => answer?.refused !== undefined);
  return { through: times - refused.length, refused: refused[0]?.refused, headers: answers.at(-1)?.headers ?? {} };
}

describe('each vendor counts', () => {
  it.each([
    ['keap', 10, { byToken: false }],
    ['keap', 25, { byToken: true }],
    ['gohighlevel', 100, { byToken: true }],
    ['activecampaign', 5, {}],
    ['ontraport', 180, {}],
    ['hubspot', 100, {}],
    ['hubspot', 110, { byToken: true }],
    ['hubspot', 5, { path: '/crm/v3/objects/contacts/search' }],
  ])('%s lets %d calls through at once (%j)', (vendor, limit, values) => {
    const { through, refused } = admitted(vendor, limit + 5, () => call(values));
    expect([through, refused?.status]).toEqual([limit, 429]);
  });

  it.each([
    ['activecampaign', 1_000],
    ['gohighlevel', 10_000],
    ['ontraport', 60_000],
  ])('%s over a window that rolls', (vendor, ms) => {
    const meter = metersFor('as-vendors').get(vendor);
    let first = 0;
    while (meter?.admit(call()).refused === undefined) first += 1;
    expect(meter?.admit(call({ now: now + ms - 1 })).refused).toBeDefined();
    let again = 0;
    while (meter?.admit(call({ now: now + ms })).refused === undefined) again += 1;
    expect(again).toBe(first);
  });

  it('Keap over all customers of our client', () => {
    const spread = (index: number) => call({ byToken: true, account: `tenant-${index}` });
    expect(admitted('keap', 1_600, spread).through).toBe(1_500);
  });

  it('Keap a day of a personal token until midnight', () => {
    const each = (index: number) => call({ now: now - 43_000_000 + index * 1_400 });
    expect(admitted('keap', 30_010, each).through).toBe(30_000);
  });

  it.each([
    ['keap', { fault: { detail: { errorcode: 'policies.ratelimit.SpikeArrestViolation' } } }],
    ['gohighlevel', { statusCode: 429, message: 'Too Many Requests' }],
    ['activecampaign', { message: 'Too Many Requests' }],
    ['hubspot', { status: 'error', errorType: 'RATE_LIMIT', policyName: 'TEN_SECONDLY_ROLLING' }],
  ])('%s refuses in its own words', (vendor, body) => {
    expect(admitted(vendor, 200, () => call()).refused?.body).toMatchObject(body);
  });

  it('Ontraport says in text that it is enough, and in headers for how long', () => {
    const { refused } = admitted('ontraport', 181, () => call());
    expect([typeof refused?.body, refused?.headers?.['x-rate-limit-reset']]).toEqual(['string', '60']);
    expect(refused?.headers).not.toHaveProperty('retry-after');
  });
});

describe('the sandbox', () => {
  const headerOf = (reply: Reply): string | null => reply.headers.get('x-keap-product-throttle-limit');
  const calls = async (sandbox: SandboxForTest) =>
    Promise.all(Array.from({ length: 30 }, () => sandbox.keap('GET', '/contacts/1001')));

  it('limits nobody by itself', async () => {
    const sandbox = await sandboxForTest();
    const replies = await calls(sandbox);
    await sandbox.stop();
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(30);
  });

  it('refuses as the vendor does where it is told to, each connection for itself', async () => {
    const sandbox = await sandboxForTest({ limits: 'as-vendors' });
    const replies = await calls(sandbox);
    const other = await sandbox.keap('GET', '/contacts/1001', { token: 'sandbox-key-other' });
    await sandbox.stop();
    expect(replies.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(10);
    expect(replies.find(({ status }) => status === 429)?.body).toMatchObject({ fault: expect.anything() });
    expect([other.status, headerOf(other)]).toEqual([200, '240']);
  });
});
