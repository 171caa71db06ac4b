import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import {
  DEMO_CONTACTS,
  DEMO_KEY,
  DEMO_LOCATION,
  DEMO_SCORES,
  DEMO_TAG,
  NICKNAME_FIELD,
  SCORE_FIELD,
} from '../../apps/sandbox-crm/src/demo-facts.js';
import { execute, newHelper, type Customer } from './support/customer.js';
import { connectByOAuth } from './support/oauth-connection.js';
import { useSystem } from './support/use-system.js';

/**
 * What a user does with each of the five CRMs, through the gateway: connect it, see tags and fields, and run helpers on
 * a contact. The demo CRM answers in the vendors' places, as after `npm start`.
 */
const running = useSystem({ env: { MFH_CRMS: 'sandbox' } });

const ADDED = 10;
const Contact = z.object({
  tags: z.array(z.object({ name: z.string() })),
  custom_fields_by_label: z.record(z.string(), z.unknown()),
  notes: z.array(z.object({ text: z.string() })),
});

interface Way {
  slug: string;
  dialect: string;
  signsIn: boolean;
  form: () => Record<string, string>;
}

const WAYS: readonly Way[] = [
  { slug: 'keap', dialect: 'keap', signsIn: true, form: () => ({ api_key: DEMO_KEY }) },
  {
    slug: 'gohighlevel',
    dialect: 'gohighlevel',
    signsIn: true,
    form: () => ({ api_key: DEMO_KEY, location_id: DEMO_LOCATION }),
  },
  {
    slug: 'activecampaign',
    dialect: 'activecampaign',
    signsIn: false,
    form: () => ({ api_key: DEMO_KEY, api_url: `${running.system.sandbox.url}/activecampaign` }),
  },
  { slug: 'ontraport', dialect: 'ontraport', signsIn: false, form: () => ({ api_key: DEMO_KEY, app_id: 'any-text' }) },
  { slug: 'hubspot', dialect: 'hubspot', signsIn: true, form: () => ({ api_key: DEMO_KEY }) },
];

async function connectByKey({ slug, form }: Way): Promise<string> {
  const body = { name: `My ${slug}`, auth_type: 'api_key', credentials: form() };
  const { data } = await running.customer.api.post<{ connection_id: string }>(`/platforms/${slug}/connections`, body);
  return data.connection_id;
}

const pathOf = (slug: string, connectionId: string): string => `/platforms/${slug}/connections/${connectionId}`;

async function customFields(path: string): Promise<Map<string, string>> {
  const { data } = await running.customer.api.get<{ custom_fields: { key: string; label: string }[] }>(
    `${path}/fields`,
  );
  return new Map(data.custom_fields.map(({ key, label }) => [label, key]));
}

/** GoHighLevel writes every tag in small letters. */
async function demoTag(path: string): Promise<string> {
  const { data } = await running.customer.api.get<{ id: string; name: string }[]>(`${path}/tags`);
  return data.find(({ name }) => name.toLowerCase() === DEMO_TAG.name.toLowerCase())?.id ?? '';
}

async function run(by: Customer, type: string, config: Record<string, unknown>, contactId: string): Promise<void> {
  const helper = await newHelper(by, type, config);
  const ended = await by.api.ended(await execute(by, helper, contactId));
  expect([type, ended.status, ended.error_message ?? '']).toEqual([type, 'completed', '']);
}

const contactInSandbox = async (id: string) =>
  Contact.parse(await running.system.sandbox.call('GET', `/_admin/contacts/${id}`));

describe.each(
  WAYS.map((way, at) => ({ ...way, way, contactId: DEMO_CONTACTS[at]?.id ?? '', score: DEMO_SCORES[at] ?? 0 })),
)('through a connection to $slug', ({ way, slug, dialect, signsIn, contactId, score }) => {
  it('by key, helpers tag, reckon, copy and note', async () => {
    const connectionId = await connectByKey(way);
    const path = pathOf(slug, connectionId);
    expect((await running.customer.api.post(`${path}/test`)).data).toMatchObject({ status: 'success' });
    const fields = await customFields(path);
    const [scoreKey, nicknameKey] = [SCORE_FIELD, NICKNAME_FIELD].map(({ label }) => fields.get(label));
    expect([scoreKey, nicknameKey]).toEqual([expect.any(String), expect.any(String)]);
    const tag = await demoTag(path);
    const by = { ...running.customer, connectionId };

    await run(by, 'tag_it', { action: 'apply', tag_ids: [tag] }, contactId);
    await run(by, 'math_it', { field: scoreKey, operation: 'add', operand: ADDED }, contactId);
    await run(by, 'copy_it', { source_field: scoreKey, target_field: nicknameKey }, contactId);
    await run(by, 'note_it', { subject: 'From a helper', body: `Written through ${slug}` }, contactId);

    const contact = await contactInSandbox(contactId);
    expect(contact.tags).toContainEqual({ name: DEMO_TAG.name });
    expect(contact.custom_fields_by_label).toMatchObject({
      [SCORE_FIELD.label]: score + ADDED,
      [NICKNAME_FIELD.label]: String(score + ADDED),
    });
    expect(contact.notes.map(({ text }) => text).join('\n')).toContain(`Written through ${slug}`);
    const effects = await running.system.sandbox.effects({ contactId });
    expect(effects.map((effect) => [effect.dialect, effect.operation])).toEqual([
      [dialect, 'ApplyTag'],
      [dialect, 'SetContactFieldValue'],
      [dialect, 'SetContactFieldValue'],
      [dialect, 'CreateNote'],
    ]);
  });

  it('a wrong key is told as such', async () => {
    const { customer } = running;
    const credentials = { ...way.form(), api_key: 'no-such-key' };
    const wrong = { name: 'Wrong', auth_type: 'api_key', credentials };
    const made = await customer.api.post<{ connection_id: string }>(`/platforms/${slug}/connections`, wrong);
    const tested = await customer.api.post(`${pathOf(slug, made.data.connection_id)}/test`);
    expect(tested).toMatchObject({ status: 400, body: { code: 'connections.test_failed' } });
  });

  const bySigningIn = 'by signing in, a helper tags';
  if (signsIn) {
    it(bySigningIn, async () => {
      const { customer, system } = running;
      const connectionId = await connectByOAuth(customer.api, `five-${slug}`, slug);
      const path = pathOf(slug, connectionId);
      expect((await customer.api.post(`${path}/test`)).data).toMatchObject({ status: 'success' });
      await system.sandbox.expireTokens();
      const before = (await system.sandbox.effects({ contactId })).length;
      const tag = await demoTag(path);
      await run({ ...customer, connectionId }, 'tag_it', { action: 'remove', tag_ids: [tag] }, contactId);
      expect((await contactInSandbox(contactId)).tags).not.toContainEqual({ name: DEMO_TAG.name });
      const since = (await system.sandbox.effects({ contactId })).slice(before);
      expect(since).toMatchObject([{ dialect, operation: 'RemoveTag' }]);
    });
  } else {
    it('signing in is refused with a word about what to do', async () => {
      const answer = await running.customer.api.post(`/platforms/${slug}/oauth/start`, {});
      expect([answer.status, answer.body.error]).toEqual([400, expect.any(String)]);
    });
  }
});
