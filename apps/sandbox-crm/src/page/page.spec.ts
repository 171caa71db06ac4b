import { Script } from 'node:vm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { activecampaignDialect } from '../dialects/activecampaign/activecampaign-dialect.js';
import { gohighlevelDialect } from '../dialects/gohighlevel/gohighlevel-dialect.js';
import { hubspotDialect } from '../dialects/hubspot/hubspot-dialect.js';
import { keapDialect } from '../dialects/keap/keap-dialect.js';
import { ontraportDialect } from '../dialects/ontraport/ontraport-dialect.js';
import { ASSETS } from '../server/html.js';
import { sandboxForTest, type SandboxForTest } from '../testing/sandbox-client.js';
import { SCRIPT } from './script.js';
import { vendorFacts } from './vendors.js';

const PATHS = ['/', '/?q=ada&page=2', '/?tag=101', '/contacts/1001', '/tags', '/connect'];

const DIALECTS = [activecampaignDialect(), gohighlevelDialect(), hubspotDialect(), keapDialect(), ontraportDialect()];

let sandbox: SandboxForTest;
beforeAll(async () => {
  sandbox = await sandboxForTest();
});
afterAll(() => sandbox.stop());
beforeEach(() => sandbox.admin('POST', '/reset', { seed: 1, contacts: 30 }));

const read = (path: string, headers: Record<string, string> = {}) =>
  sandbox.request('GET', path, { token: null, headers });
const textOf = async (path: string): Promise<string> => String((await read(path)).body['text']);
const tag = (...ids: string[]) => sandbox.keap('POST', '/tags/199/contacts:applyTags', { body: { contact_ids: ids } });

describe('a page', () => {
  it.each(PATHS)('%s loads and runs nothing but what the server has', async (path) => {
    const { status, headers, body } = await read(path);
    expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    const html = String(body['text']);
    expect(html).not.toMatch(/<style|\son\w+=|\sstyle=|(src|href)="(https?:)?\/\//);
    const linked = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, file]) => file ?? '');
    expect(linked).toEqual([ASSETS.style, ASSETS.script]);
    for (const file of linked) expect((await read(file)).status).toBe(200);
  });

  it('has a script that can be read', () => {
    expect(() => new Script(SCRIPT)).not.toThrow();
  });

  it('shows a contact whole, and says when there is none', async () => {
    await tag('1001');
    const note = { user_id: '1', title: 'Asked', text: '<b>bold</b>' };
    await sandbox.keap('POST', '/contacts/1001/notes', { body: note });
    const html = await textOf('/contacts/1001');
    for (const part of ['Ada Marsh', 'Tried the demo', 'Score', '&lt;b&gt;bold&lt;/b&gt;', 'ApplyTag', 'CreateNote']) {
      expect(html).toContain(part);
    }
    expect((await read('/contacts/4')).status).toBe(404);
  });

  it('tells how every vendor is connected, with a request that works', async () => {
    const html = await textOf('/connect');
    for (const { name, base } of DIALECTS) {
      const facts = vendorFacts(name);
      expect(html).toContain(facts?.name);
      const headers = Object.fromEntries(facts?.headers.map((line) => line.split(': ', 2)) ?? []) as Record<
        string,
        string
      >;
      const answer = await read(`${base}${facts?.sample ?? ''}`, headers);
      expect([name, answer.status]).toEqual([name, 200]);
    }
  });

  it('is for those who know the secret where there is one', async () => {
    const guarded = await sandboxForTest({ adminSecret: 'other-secret', clientSecret: 'client-secret-2' });
    try {
      const basic = (password: string) => ({
        authorization: `Basic ${Buffer.from(`me:${password}`).toString('base64')}`,
      });
      for (const path of [...PATHS, '/effects/stream']) {
        const refused = await guarded.request('GET', path, { token: null });
        expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([
          401,
          expect.stringContaining('Basic'),
        ]);
        expect(refused.body['text']).not.toContain('Ada');
        expect((await guarded.request('GET', path, { token: null, headers: basic('guess') })).status).toBe(401);
      }
      const opened = await guarded.request('GET', '/connect', { token: null, headers: basic('other-secret') });
      expect(opened.status).toBe(200);
      expect(opened.body['text']).not.toMatch(/other-secret|client-secret-2/);
    } finally {
      await guarded.stop();
    }
  });
});
