import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from '@jest/globals';
import {
  authorizationUrl,
  exchangeCode,
  oauthClientOf,
  platformOf,
  refreshTokens,
  type PlatformManifest,
  type TokenSet,
} from '#connectors';
import { GuardedHttpClient } from '#http';
import type { ContractSubject } from './contract-subject.js';
import { DOCUMENTS_FOLDER, documentsAreThere } from './openapi/document-set.js';
import type { Exchange } from './openapi/exchange.js';
import { OpenApiDocument } from './openapi/openapi-document.js';
import { RecordedHttp } from './recorded-http.js';

/** Where the vendor's paths begin at the demo CRM. */
export const BASE = '/gohighlevel';

/** What is asked past the connector of a contact. */
interface Wire {
  contact: { tags: string[]; dndSettings: Record<string, { status: string } | undefined> };
}

/** A contact as the vendor's own API shows it. */
export const contactOf = async ({ api }: Pick<ContractSubject, 'api'>, id: string): Promise<Wire['contact']> =>
  ((await api('GET', `${BASE}/contacts/${id}`)) as Wire).contact;

/** What only GoHighLevel has: tags without ids, do-not-disturb, locations. */
export function gohighlevelChecks(subject: () => ContractSubject): void {
  it('sends a tag’s name for its id, and never an id for a name', async () => {
    const { connect, contact, api } = subject();
    const { crm } = connect();
    const { vendor_id: id = '' } = (await crm.getTags()).find(({ name }) => name === 'newsletter') ?? {};
    expect(id).not.toBe('');
    await crm.applyTag(contact(200), id);
    expect((await contactOf({ api }, contact(200))).tags).toContain('newsletter');

    // A tag that is called like another one's id stays itself.
    await crm.createTag?.({ name: id });
    await connect().crm.applyTag(contact(201), id);
    const { tags } = await contactOf({ api }, contact(201));
    expect(tags).toContain(id);
  });

  it('opts out by do-not-disturb, and leaves the other channels as they are', async () => {
    const { connect, contact, api } = subject();
    await api('PUT', `${BASE}/contacts/${contact(202)}`, { dndSettings: { SMS: { status: 'active' } } });
    await connect().crm.setOptInStatus?.(contact(202), false, 'Asked for it');
    expect((await contactOf({ api }, contact(202))).dndSettings).toMatchObject({
      Email: { status: 'active' },
      SMS: { status: 'active' },
    });
  });

  it('cannot opt in an address whose owner unsubscribed', async () => {
    const { connect } = subject();
    const { crm } = connect();
    const email = 'gone+unsubscribed@example.com';
    const { id } = await crm.createContact({ first_name: 'Gone', last_name: 'Away', email });
    const failure = { kind: 'validation', retryable: false, message: expect.stringContaining('for good') };
    await expect(crm.setOptInStatus?.(id, true, 'Asked again')).rejects.toMatchObject(failure);
    await crm.setOptInStatus?.(id, false, 'Already so');
  });

  it('keeps tags through every update, because it never names them', async () => {
    const { connect, contact, api } = subject();
    const { crm } = connect();
    await crm.applyTag(contact(203), 'vip');
    await crm.updateContact(contact(203), { first_name: 'Still', company: 'Tagged Ltd', custom_fields: { Score: 7 } });
    await crm.setOptInStatus?.(contact(203), false, '');
    expect((await contactOf({ api }, contact(203))).tags).toContain('vip');
  });

  it('takes a draft’s refusal for what it is', async () => {
    const { connect, contact } = subject();
    await expect(connect().crm.triggerAutomation(contact(204), '304')).rejects.toMatchObject({ kind: 'validation' });
  });

  it('reads the same of a contact whether it was found or asked for', async () => {
    const { connect, contact } = subject();
    const { crm, nextRun } = connect();
    for (const [name, value] of [
      ['birthday', '1931-02-03'],
      ['address1', '1 Main Street'],
      ['Interests', ['Books', 'Coaching']],
    ] as const) {
      await crm.setContactFieldValue(contact(205), name, typeof value === 'string' ? value : [...value]);
    }
    const asked = await nextRun().getContact(contact(205));
    const [found] = (await nextRun().getContacts({ email: asked.email })).contacts;
    const { custom_fields: _found, ...rest } = found ?? {};
    expect(asked).toMatchObject(rest);
    expect(rest).toMatchObject({ birthday: '1931-02-03', address: { line1: '1 Main Street' } });
    expect(found?.custom_fields?.['3']).toEqual(['Books', 'Coaching']);
  });

  it('is refused a location that its token does not reach', async () => {
    const { connect, keyCredentials, sandboxUrl } = subject();
    const credentials = { ...keyCredentials('sandbox-demo-key', sandboxUrl), account_id: 'somebody-elses' };
    const { crm } = connect({ credentials });
    await expect(crm.testConnection()).rejects.toMatchObject({ kind: 'forbidden', status: 403, retryable: false });
  });

  it('says what is missing when it has no location', () => {
    const { connect } = subject();
    expect(() => connect({ credentials: { api_key: 'k' } })).toThrow('lacks account_id');
  });

  it('signs in to a location, keeps its id, and uses each refresh token once', async () => {
    const { sandboxUrl, connect } = subject();
    await withSignIn(sandboxUrl, async ({ signIn, refresh }) => {
      const tokens = await signIn('ada');
      expect(tokens.accountId).toMatch(/^locsbx\d+$/);
      const credentials = { access_token: tokens.accessToken, account_id: tokens.accountId ?? '' };
      await connect({ credentials }).crm.testConnection();

      const fresh = await refresh(tokens.refreshToken ?? '');
      expect(fresh.accountId).toBe(tokens.accountId);
      expect(fresh.refreshToken).not.toBe(tokens.refreshToken);
      await expect(refresh(tokens.refreshToken ?? '')).rejects.toMatchObject({ kind: 'auth_invalid' });
    });
  });

  const withDocuments = documentsAreThere() ? it : it.skip;
  withDocuments('asks for tokens, and is given them, as the vendor’s document says', async () => {
    await withSignIn(subject().sandboxUrl, async ({ signIn, refresh, exchanges }) => {
      const { refreshToken = '' } = await signIn('grace');
      await refresh(refreshToken);
      const document = new OpenApiDocument(
        JSON.parse(readFileSync(resolve(DOCUMENTS_FOLDER, 'gohighlevel', 'oauth.json'), 'utf8')),
        [],
      );
      const problems = exchanges.map((each) => document.problemsOf(each, each.path.slice(BASE.length)));
      expect(problems).toEqual([[], []]);
    });
  });

  it('takes no agency for a location', async () => {
    await withSignIn(subject().sandboxUrl, async ({ signIn }) => {
      const failure = { kind: 'validation', message: expect.stringContaining('choose one') };
      await expect(signIn('agency of many')).rejects.toMatchObject(failure);
    });
  });
}

interface SignIn {
  signIn: (user: string) => Promise<TokenSet>;
  refresh: (token: string) => Promise<TokenSet>;
  /** What went over the wire to the token endpoint. */
  exchanges: readonly Exchange[];
}

/** The vendor's authorization server at the demo CRM, as a person and our token requests meet it. */
async function withSignIn(sandboxUrl: string, work: (doors: SignIn) => Promise<void>): Promise<void> {
  const places = { sandboxUrl, crms: 'sandbox' } as const;
  const manifest: PlatformManifest | undefined = platformOf('gohighlevel', places);
  const client = oauthClientOf('gohighlevel', {}, places);
  if (manifest === undefined || client === undefined) throw new Error('GoHighLevel cannot be signed in to');
  const http = new GuardedHttpClient({ production: false, namedPrivateHosts: [new URL(sandboxUrl).host] });
  const recorded = new RecordedHttp(http, sandboxUrl);
  const redirectUri = 'http://127.0.0.1:9/callback';
  const url = authorizationUrl(manifest, client, { redirectUri, state: 's1' });
  try {
    await work({
      signIn: async (user) => {
        const answer = await fetch(`${url}&auto=approve&user=${encodeURIComponent(user)}`, { redirect: 'manual' });
        const code = new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? '';
        return exchangeCode(manifest, client, { code, redirectUri }, { http: recorded });
      },
      refresh: (token) => refreshTokens(manifest, client, token, { http: recorded }),
      exchanges: recorded.exchanges,
    });
  } finally {
    await http.close();
  }
}
