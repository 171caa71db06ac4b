import { expect, it } from '@jest/globals';
import { authorizationUrl, exchangeCode, oauthClientOf, platformOf, refreshTokens } from '#connectors';
import { GuardedHttpClient } from '#http';
import type { ContractSubject } from './contract-subject.js';
import { CONTACTS, hubspot } from './hubspot.subject.js';
import { vendorContract } from './vendor-contract.js';

const ACTIVE_LIST = { id: '90001', name: 'Scores above 50' };
const LEGACY_ID_OF_TAG = '70199';

const NOW = '2026-01-01T00:00:00Z';

interface Texts {
  properties: Record<string, string | null>;
}

vendorContract(hubspot, (subject) => {
  const propertiesOf = async (contactId: string, ...names: string[]): Promise<Texts['properties']> => {
    const answer = await subject().api('GET', `${CONTACTS}/${contactId}?properties=${names.join(',')}`);
    return (answer as Texts).properties;
  };

  it('stores every value as text, options by their values, and shows them by their labels', async () => {
    const { connect, contact } = subject();
    const custom_fields = {
      'Favorite Product': 'Starter Course',
      Interests: ['Books', 'Membership'],
      Newsletter: 'yes',
      Score: 12,
      'Renewal Date': '2027-01-31T00:00:00Z',
      'Last Visit': '2027-01-31T10:00:00+02:00',
    };
    const answered = await connect().crm.updateContact(contact(200), { custom_fields });
    expect(await propertiesOf(contact(200), ...Object.keys(STORED))).toMatchObject(STORED);
    expect(answered.custom_fields).toMatchObject({
      favorite_product: 'Starter Course',
      interests: ['Books', 'Membership'],
      newsletter: true,
      score: 12,
      renewal_date: '2027-01-31T00:00:00Z',
    });
  });

  it('takes the values of options, too, and adds to the options chosen', async () => {
    const { connect, contact } = subject();
    const { crm } = connect();
    await crm.setContactFieldValue(contact(201), 'interests', 'books;coaching');
    await crm.setContactFieldValue(contact(201), 'interests', ';Speaking');
    expect(await propertiesOf(contact(201), 'interests')).toMatchObject({ interests: 'books;coaching;speaking' });
    expect(await connect().crm.getContactFieldValue(contact(201), 'Interests')).toEqual([
      'Books',
      'Coaching',
      'Speaking',
    ]);
  });

  it('refuses an option, a date and a property that the vendor does not know, as validation', async () => {
    const { connect, contact } = subject();
    const { crm } = connect();
    for (const [name, value, code] of [
      ['Favorite Product', 'No such thing', 'INVALID_OPTION'],
      ['Renewal Date', 'tomorrow', 'INVALID_DATE'],
      ['nowhere_to_be_found', 'x', 'PROPERTY_DOESNT_EXIST'],
    ] as const) {
      const refusal = { kind: 'validation', status: 400, retryable: false, message: expect.stringContaining(code) };
      await expect(crm.setContactFieldValue(contact(202), name, value)).rejects.toMatchObject(refusal);
    }
  });

  it('reads and writes HubSpot’s own properties by their names, and refuses those that can only be read', async () => {
    const { connect, contact, sent } = subject();
    const { crm } = connect();
    await crm.setContactFieldValue(contact(203), 'lifecyclestage', 'Customer');
    expect(await connect().crm.getContactFieldValue(contact(203), 'lifecyclestage')).toBe('customer');
    expect(await connect().crm.getContactFieldValue(contact(203), 'hs_email_last_send_date')).toMatch(/Z$/);
    await crm.getContactFieldValue(contact(203), 'hs_email_last_open_date');
    const before = sent();
    for (const name of ['hs_email_last_open_date', 'createdate']) {
      const refusal = { kind: 'validation', outcome: 'not_sent' };
      await expect(crm.setContactFieldValue(contact(203), name, NOW)).rejects.toMatchObject(refusal);
    }
    expect(sent()).toBe(before);
  });

  it('hides active lists among tags, refuses to change them, and lists their contacts', async () => {
    const { connect, contact, effects } = subject();
    const { crm } = connect();
    expect((await crm.getTags()).map(({ id }) => id)).not.toContain(ACTIVE_LIST.id);
    const before = (await effects()).length;
    for (const named of [ACTIVE_LIST.id, ACTIVE_LIST.name]) {
      const refusal = { kind: 'validation', outcome: 'not_sent', message: expect.stringContaining('active list') };
      await expect(crm.applyTag(contact(204), named)).rejects.toMatchObject(refusal);
      await expect(crm.removeTag(contact(204), named)).rejects.toMatchObject(refusal);
      expect((await crm.getContacts({ tag_id: named, limit: 3 })).contacts).toHaveLength(3);
    }
    expect(await effects()).toHaveLength(before);
    await crm.setContactFieldValue(contact(204), 'Score', 90);
    const read = await connect().crm.getContact(contact(204));
    expect(read.tags?.map(({ id }) => id)).not.toContain(ACTIVE_LIST.id);
  });

  it('finds a list by the id that it had in the interface which was switched off, once for all runs', async () => {
    const { connect, contact, tag } = subject();
    const { crm, nextRun, calls } = connect();
    await crm.applyTag(contact(205), LEGACY_ID_OF_TAG);
    const once = calls.length;
    await nextRun().applyTag(contact(206), LEGACY_ID_OF_TAG);
    expect(calls).toHaveLength(once + 1);
    for (const id of [contact(205), contact(206)]) {
      expect((await connect().crm.getContact(id)).tags).toContainEqual(tag);
    }
  });

  it('lists the contacts of a tag in the order of tagging', async () => {
    const { connect } = subject();
    const { crm } = connect();
    const { contacts, next_cursor: cursor } = await crm.getContacts({ tag_id: 'Coaching', order_by: 'tagged_at' });
    // Seeded contacts got their tags when they came.
    const since = contacts.map(({ created_at: at }) => at ?? '');
    expect(since).toHaveLength(25);
    expect(since).toEqual(since.toSorted());
    const next = await crm.getContacts({ tag_id: 'Coaching', order_by: 'tagged_at', ...(cursor && { cursor }) });
    expect(next.contacts[0]?.created_at?.localeCompare(since.at(-1) ?? '')).toBeGreaterThanOrEqual(0);
  });

  it('looks for an address among the contacts of a tag', async () => {
    const { connect, contact } = subject();
    const { crm } = connect();
    await crm.createTag?.({ name: 'Of one' });
    await crm.applyTag(contact(207), 'Of one');
    const { email } = await crm.getContact(contact(207));
    const found = await crm.getContacts({ tag_id: 'Of one', email });
    expect(found.contacts.map(({ id }) => id)).toEqual([contact(207)]);
    expect((await crm.getContacts({ tag_id: 'VIP', email: 'nobody@example.com' })).contacts).toEqual([]);
  });

  it('tells the total of a search, and how far one reaches', async () => {
    const { connect, contact } = subject();
    const { crm } = connect();
    const { address } = await crm.getContact(contact(216));
    const { total, contacts } = await crm.getContacts({ filters: { city: address?.city ?? '' }, limit: 1 });
    expect(total).toBeGreaterThan(1);
    expect(contacts).toHaveLength(1);
    const tooMany = Object.fromEntries(
      ['first_name', 'last_name', 'phone', 'company', 'city', 'zip', 'state'].map((name) => [name, 'x']),
    );
    await expect(crm.getContacts({ filters: tooMany })).rejects.toMatchObject({
      kind: 'validation',
      outcome: 'not_sent',
    });
  });

  it('finds a contact by its address the moment it is made', async () => {
    const { crm } = subject().connect();
    const { id } = await crm.createContact({ first_name: 'Just', last_name: 'Made', email: 'Just.Made@example.com' });
    const { contacts } = await crm.getContacts({ email: 'just.made@EXAMPLE.com' });
    expect(contacts.map((contact) => contact.id)).toEqual([id]);
  });

  it('names the contact that is in the way of an address', async () => {
    const { connect, contact } = subject();
    const { crm } = connect();
    const { email } = await crm.getContact(contact(210));
    const refusal = { kind: 'conflict', existingId: contact(210), retryable: false };
    await expect(crm.setContactFieldValue(contact(211), 'email', email)).rejects.toMatchObject(refusal);
  });

  it('cannot enrol or subscribe a contact without an address', async () => {
    const { connect, contact, effects } = subject();
    await connect().crm.setContactFieldValue(contact(212), 'email', '');
    const before = (await effects()).length;
    const { crm } = connect();
    const refusal = { kind: 'validation', message: expect.stringContaining('address') };
    await expect(crm.triggerAutomation(contact(212), '302')).rejects.toMatchObject(refusal);
    await expect(crm.setOptInStatus?.(contact(212), true, '')).rejects.toMatchObject(refusal);
    expect(await effects()).toHaveLength(before);
  });

  it('keeps an address opted out whose owner unsubscribed', async () => {
    const { crm } = subject().connect();
    const email = 'gone+unsubscribed@example.com';
    const { id } = await crm.createContact({ first_name: 'Gone', last_name: 'Away', email });
    await expect(crm.setOptInStatus?.(id, true, 'Asked again')).rejects.toMatchObject({ kind: 'validation' });
  });

  it.each([
    ['TEN_SECONDLY_ROLLING', 10_000],
    ['DAILY', 3_600_000],
  ])('waits as long as the limit %s asks for when no header says it', async (policyName, wait) => {
    const { connect, contact, faults } = subject();
    const body = { status: 'error', message: 'No', errorType: 'RATE_LIMIT', policyName };
    await faults([{ id: 'limit', times: 1, status: 429, body }], true);
    const reading = connect().crm.getContact(contact(213));
    await expect(reading).rejects.toMatchObject({ kind: 'rate_limited', retryAfterMs: wait });
    await faults([]);
  });

  it('says which scope is missing as forbidden, not as a lost connection', async () => {
    const { connect, contact, faults } = subject();
    const body = { status: 'error', message: 'No', category: 'MISSING_SCOPES', correlationId: 'c' };
    await faults([{ id: 'scopes', times: 1, status: 403, body }], true);
    const asking = connect().crm.getRelated?.(contact(214), 'lead', { order: 'all' });
    const refusal = { kind: 'forbidden', message: expect.stringContaining('MISSING_SCOPES'), retryable: false };
    await expect(asking).rejects.toMatchObject(refusal);
    await faults([]);
  });

  it('signs in to a portal for half an hour, keeps its number, and refreshes', async () => {
    await signIn(subject());
  });
});

const STORED = {
  favorite_product: 'starter_course',
  interests: 'books;membership',
  newsletter: 'true',
  score: '12',
  renewal_date: '2027-01-31',
  last_visit: '2027-01-31T08:00:00.000Z',
};

async function signIn({ sandboxUrl, connect, expireTokens, contact }: ContractSubject): Promise<void> {
  const places = { sandboxUrl, crms: 'sandbox' } as const;
  const manifest = platformOf('hubspot', places);
  const client = oauthClientOf('hubspot', {}, places);
  if (manifest === undefined || client === undefined) throw new Error('HubSpot cannot be signed in to');
  const http = new GuardedHttpClient({ production: false, namedPrivateHosts: [new URL(sandboxUrl).host] });
  const redirectUri = 'http://127.0.0.1:9/callback';
  const url = authorizationUrl(manifest, client, { redirectUri, state: 's1' });
  expect(new URL(url).searchParams.get('scope')).toContain('crm.lists.write');
  expect(new URL(url).searchParams.get('optional_scope')).toContain('crm.objects.deals.read');
  const answer = await fetch(`${url}&auto=approve&user=portal`, { redirect: 'manual' });
  const code = new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? '';
  const tokens = await exchangeCode(manifest, client, { code, redirectUri }, { http });
  expect(tokens.accountId).toMatch(/^\d+$/);
  const minutes = ((tokens.expiresAt?.getTime() ?? 0) - Date.now()) / 60_000;
  expect(Math.round(minutes)).toBe(30);

  await expireTokens();
  const refresh = async () => {
    const fresh = await refreshTokens(manifest, client, tokens.refreshToken ?? '', { http });
    expect(fresh.refreshToken).toBe(tokens.refreshToken);
    expect(fresh.accountId).toBe(tokens.accountId);
    return { access_token: fresh.accessToken };
  };
  const { crm, calls } = connect({ credentials: { access_token: tokens.accessToken }, refresh });
  await crm.setContactFieldValue(contact(215), 'first_name', 'Signed');
  expect(calls.map(({ status }) => status)).toEqual([401, 200]);
  const unknown = refreshTokens(manifest, client, 'not-a-token', { http });
  await expect(unknown).rejects.toMatchObject({ kind: 'auth_invalid', retryable: false });
  await http.close();
}
