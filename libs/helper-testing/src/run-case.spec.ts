import { describe, expect, test } from '@jest/globals';
import { helperCatalogue } from '#helpers';
import { mismatchesOf } from './run-case.js';
import { VectorCase } from './vector-case.js';

/** A case that holds, with a few keys changed: each change must be found. */
function problems(type: string, base: object, change: object = {}): Promise<string[]> {
  const definition = helperCatalogue.get(type);
  if (definition === undefined) throw new Error(`${type} is missing`);
  return mismatchesOf(definition, VectorCase.parse({ id: `${type}/x`, type, ...base, ...change }));
}

const format = {
  config: { field: 'v', format: 'uppercase' },
  contact: { id: 'c1', custom_fields: { v: 'ada' } },
};
const done = {
  valid_config: true,
  error: null,
  success: true,
  calls: [{ op: 'SetContactFieldValue', args: ['c1', 'v', 'ADA'] }],
  modified_data: { v: 'ADA' },
  actions: [{ type: 'field_updated', target: 'v', value: 'ADA' }],
};
const refused = { crm: { errors: [{ op: 'SetContactFieldValue' }] } };

describe('a case about the CRM', () => {
  test('holds', async () => {
    expect(await problems('format_it', { ...format, expect: done })).toEqual([]);
  });

  test.each([
    ['another value', { calls: [{ op: 'SetContactFieldValue', args: ['c1', 'v', 'Ada'] }] }],
    ['a call too few', { calls: [] }],
    ['a call too many', { calls: [...done.calls, ...done.calls] }],
    ['another contact', { calls: [{ op: 'SetContactFieldValue', args: ['c2', 'v', 'ADA'] }] }],
    ['other data', { modified_data: { v: 'x' } }],
    ['missing data', { modified_data: { w: 'ADA' } }],
    ['no actions', { actions: [] }],
    ['a failure', { success: false }],
    ['an invalid configuration', { valid_config: false }],
    ['executions', { enqueued: [{ helper_id: 'h' }] }],
    ['other counters', { state_after: { counters: { k: 1 } } }],
    ['what nobody can check', { mail: { to: 'x' } }],
  ])('fails with %s', async (_, change) => {
    expect(await problems('format_it', { ...format, expect: { ...done, ...change } })).not.toEqual([]);
  });

  test('reads are information', async () => {
    const calls = [{ op: 'GetContact', args: ['c1'] }, ...done.calls];
    expect(await problems('format_it', { ...format, expect: { ...done, calls } })).toEqual([]);
  });

  test('a refused write counts as tried, and a success that was expected is missed', async () => {
    const failing = { ...done, success: false, error: 'crm_error' };
    expect(await problems('format_it', { ...format, ...refused, expect: failing })).toEqual([]);
    expect(await problems('format_it', { ...format, ...refused, expect: done })).toEqual([
      'should succeed, but failed with crm_error: SetContactFieldValue was refused',
    ]);
  });

  test('what should be replaces what was, and only what it names is compared', async () => {
    const wrong = { ...done, calls: [], modified_data: {}, actions: [] };
    const base = { ...format, expect: wrong, original_is_wrong: true };
    expect(await problems('format_it', { ...base, should: { success: true, calls: done.calls } })).toEqual([]);
    expect(await problems('format_it', { ...base, should: { success: true, calls_include: done.calls } })).toEqual([]);
    expect(await problems('format_it', { ...base, should: { calls_exclude: done.calls } })).not.toEqual([]);
    expect(await problems('format_it', { ...base, should: { calls: done.calls, actions: [] } })).not.toEqual([]);
    expect(await problems('format_it', { ...base, should: { calls: done.calls, contact_after: { v: 'x' } } })).toEqual([
      'contact_after.v should be "x", but is "ADA"',
    ]);
  });

  test('a tag is the same by name and by id', async () => {
    const tagged = {
      config: { action: 'apply', tag_ids: ['VIP'] },
      contact: { id: 'c1' },
      crm: { tags: [{ id: '7', name: 'VIP' }] },
      expect: {
        calls: [{ op: 'ApplyTag', args: ['c1', 'VIP'] }],
        actions: [{ type: 'tag_applied', target: 'c1', value: 'VIP' }],
      },
    };
    expect(await problems('tag_it', tagged)).toEqual([]);
  });
});

describe('a case about HTTP', () => {
  const url = 'https://hooks.example.com/in';
  const hook = {
    config: { mode: 'v2', webhook_url: `${url}?a=1` },
    contact: { id: 'c1' },
    expect: { actions: [{ type: 'webhook_called', target: `${url}?a=1`, value: '200' }] },
  };
  const answered = (request: object, response: object = { status: 200 }) => ({
    http: [{ request: { method: 'POST', url, ...request }, response }],
  });

  test('holds', async () => {
    const request = { query: { a: '1' }, headers: { 'content-type': 'application/json' }, timeout_ms: 30_000 };
    expect(await problems('hook_it', hook, answered(request))).toEqual([]);
  });

  test.each([
    ['another method', { method: 'GET' }],
    ['another address', { url: `${url}/x` }],
    ['another query', { query: { a: '2' } }],
    ['another header', { headers: { 'Content-Type': 'text/plain' } }],
    ['a missing header', { headers: { 'X-None': 'x' } }],
    ['another body', { body: { a: 1 } }],
    ['another time limit', { timeout_ms: 5 }],
    ['a part that cannot be compared', { multipart: {} }],
  ])('fails with %s', async (_, request) => {
    expect(await problems('hook_it', hook, answered(request))).not.toEqual([]);
  });

  test('fails with a request too many and with one too few', async () => {
    expect(await problems('hook_it', hook)).not.toEqual([]);
    const [exchange] = answered({}).http;
    expect(await problems('hook_it', hook, { http: [exchange, exchange] })).toEqual([
      `http[1] should be POST ${url}, but was not sent`,
    ]);
  });

  test('a wait may be a little longer than asked, never shorter', async () => {
    const after = (ms: number) => ({
      http: [...answered({}, { status: 503 }).http, ...answered({ after_ms: ms }).http],
    });
    expect(await problems('hook_it', hook, after(1000))).toEqual([]);
    expect(await problems('hook_it', hook, after(1500))).not.toEqual([]);
    expect(await problems('hook_it', hook, after(500))).not.toEqual([]);
  });

  test('nothing private is called, whatever the case scripts', async () => {
    const config = { mode: 'v2', webhook_url: 'http://192.168.1.1/' };
    const found = await problems('hook_it', hook, { config, ...answered({ url: 'http://192.168.1.1/' }) });
    expect(found[0]).toContain('blocked_url');
  });
});

test('what cannot be checked is said, not passed over', async () => {
  const base = { ...format, expect: { ...done, moon_phase: 'full' } };
  expect(await problems('format_it', base)).toEqual(['this runner cannot check moon_phase']);
});
