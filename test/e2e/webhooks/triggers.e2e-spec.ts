import { beforeAll, describe, expect, it } from '@jest/globals';
import { waitFor } from '#testing';
import { DEMO_KEY, DEMO_LOCATION } from '../../../apps/sandbox-crm/src/demo-facts.js';
import { newCustomer, newHelper, type Customer } from '../support/customer.js';
import { useSystem } from '../support/use-system.js';
import { webhookSystem } from '../support/webhook-system.js';

const running = useSystem(webhookSystem());

interface Trigger {
  trigger_id: string;
  status: string;
  status_reason?: string;
  started_count: number;
  last_left_out?: { reason: string };
}

/** Asks the demo CRM as one of its own users would, in a dialect that no connection here uses for its webhooks. */
async function inCrm(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
  const answer = await fetch(`${running.system.sandbox.url}/keap/crm/rest/v2${path}`, {
    method,
    headers: { authorization: `Bearer ${DEMO_KEY}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
  return answer.status === 204 ? {} : ((await answer.json()) as Record<string, unknown>);
}
const newTag = async (name: string) => String((await inCrm('POST', '/tags', { name }))['id']);
const applyTag = (tag: string, contact: string) =>
  inCrm('POST', `/tags/${tag}/contacts:applyTags`, { contact_ids: [contact] });
const removeTag = (tag: string, contact: string) =>
  inCrm('POST', `/tags/${tag}/contacts:removeTags`, { contact_ids: [contact] });
const rename = (contact: string, name: string) =>
  inCrm('PATCH', `/contacts/${contact}?update_mask=given_name`, { given_name: name });
const newContact = async (email: string) =>
  String((await inCrm('POST', '/contacts', { email_addresses: [{ email, field: 'EMAIL1' }] }))['id']);

async function connected(slug: string, credentials: Record<string, string>): Promise<Customer> {
  const body = { name: slug, auth_type: 'api_key', credentials: { api_key: DEMO_KEY, ...credentials } };
  const { data } = await running.customer.api.post<{ connection_id: string }>(`/platforms/${slug}/connections`, body);
  const path = `/platforms/${slug}/connections/${data.connection_id}`;
  expect((await running.customer.api.post(`${path}/test`)).status).toBe(200);
  return { ...running.customer, connectionId: data.connection_id };
}

const triggersOf = async ({ api }: Customer, helper: string) =>
  (await api.get<{ triggers: Trigger[] }>(`/helpers/${helper}/triggers`)).data.triggers;

/** Adds a trigger and waits until the vendor tells of what it waits for. */
async function waiting(by: Customer, helper: string, event: string, filter = {}): Promise<string> {
  const { data } = await by.api.post<Trigger>(`/helpers/${helper}/triggers`, { event, filter });
  await waitFor(
    async () =>
      (await triggersOf(by, helper)).find(({ trigger_id: id }) => id === data.trigger_id)?.status === 'active',
    { deadlineMs: 30_000, everyMs: 200, what: `the trigger on ${event} to be active` },
  );
  return data.trigger_id;
}

/** A helper's executions once there are as many, and no more a while later. */
async function startedFor(by: Customer, helper: string, contacts: readonly string[]): Promise<void> {
  const executions = await waitFor(
    async () => {
      const all = await by.api.executionsOf(helper);
      return all.length >= contacts.length && all.every(({ status }) => status === 'completed') ? all : undefined;
    },
    { deadlineMs: 30_000, everyMs: 200, what: `${contacts.length} executions` },
  );
  expect(executions.map(({ contact_id: contact }) => contact).toSorted()).toEqual([...contacts].toSorted());
  expect(new Set(executions.map((execution) => (execution as { trigger_type?: string }).trigger_type))).toEqual(
    new Set(['webhook']),
  );
}

const noted = async (contact: string, body: string) => {
  const notes = await running.system.sandbox.effects({ contactId: contact, operation: 'CreateNote' });
  return notes.filter(({ args }) => JSON.stringify(args).includes(body)).length;
};
const newNote = (by: Customer, body: string) => newHelper(by, 'note_it', { subject: 'Told', body });

describe.each([
  { slug: 'keap', credentials: () => ({}), contact: '1101' },
  { slug: 'gohighlevel', credentials: () => ({ location_id: DEMO_LOCATION }), contact: '1102' },
  {
    slug: 'activecampaign',
    credentials: () => ({ api_url: `${running.system.sandbox.url}/activecampaign` }),
    contact: '1103',
  },
  { slug: 'ontraport', credentials: () => ({ app_id: 'any' }), contact: '1104' },
])('a tag at $slug', ({ slug, credentials, contact }) => {
  it('starts the helper that waits for it, once, and no other', async () => {
    const by = await connected(slug, credentials());
    const [tag, another] = [await newTag(`Won by ${slug}`), await newTag(`Lost by ${slug}`)];
    const [helper, idle] = [await newNote(by, `told by ${slug}`), await newNote(by, 'never')];
    await waiting(by, helper, 'tag_applied', { tag_id: `won by ${slug}` });
    await waiting(by, idle, 'tag_removed', { tag_id: `LOST by ${slug}` });
    await applyTag(another, contact);
    await applyTag(tag, contact);
    await applyTag(tag, contact);
    await startedFor(by, helper, [contact]);
    expect(await noted(contact, `told by ${slug}`)).toBe(1);
    await removeTag(another, contact);
    await startedFor(by, idle, [contact]);
    await startedFor(by, helper, [contact]);
  });
});

describe('a changed field', () => {
  it('at HubSpot starts the helper when it has the awaited value', async () => {
    const by = await connected('hubspot', {});
    const helper = await newNote(by, 'told by hubspot');
    await waiting(by, helper, 'field_changed', { field: 'first_name', equals: 'Grace' });
    await rename('1105', 'Ada');
    await rename('1105', 'Grace');
    await rename('1106', 'Grace');
    await startedFor(by, helper, ['1105', '1106']);
    expect(await noted('1105', 'told by hubspot')).toBe(1);
  });

  it.each([
    ['keap', {}, '1107'],
    ['gohighlevel', { location_id: DEMO_LOCATION }, '1108'],
  ])('at %s is found out by comparing', async (slug, credentials, contact) => {
    const by = await connected(slug, credentials);
    const helper = await newNote(by, `compared at ${slug}`);
    await waiting(by, helper, 'field_changed', { field: 'first_name' });
    await inCrm('PATCH', `/contacts/${contact}?update_mask=job_title`, { job_title: 'Captain' });
    await rename(contact, `New at ${slug}`);
    await startedFor(by, helper, [contact]);
  });
});

describe('a new contact', () => {
  it.each([
    ['keap', {}],
    ['hubspot', {}],
    ['ontraport', { app_id: 'any' }],
  ])('at %s starts the helper for it', async (slug, credentials) => {
    const by = await connected(slug, credentials);
    const helper = await newNote(by, `new at ${slug}`);
    await waiting(by, helper, 'contact_created');
    const contact = await newContact(`new-at-${slug}@example.com`);
    await startedFor(by, helper, [contact]);
  });
});

describe('changes that our own helpers make', () => {
  let by: Customer;
  beforeAll(async () => {
    by = await connected('keap', {});
  });

  it('start other helpers, but none that led to them', async () => {
    const [ping, pong] = [await newTag('Ping'), await newTag('Pong')];
    const toPong = await newHelper(by, 'tag_it', { action: 'apply', tag_ids: [pong] });
    const toPing = await newHelper(by, 'tag_it', { action: 'apply', tag_ids: [ping] });
    const offPing = await newHelper(by, 'tag_it', { action: 'remove', tag_ids: [ping] });
    await waiting(by, toPong, 'tag_applied', { tag_id: ping });
    await waiting(by, toPing, 'tag_removed', { tag_id: ping });
    await waiting(by, offPing, 'tag_applied', { tag_id: pong });
    // ping -> pong -> no ping -> ping again: there it ends.
    await applyTag(ping, '1110');
    await startedFor(by, toPong, ['1110']);
    await startedFor(by, offPing, ['1110']);
    await startedFor(by, toPing, ['1110']);
    await waitFor(async () => (await triggersOf(by, toPong))[0]?.last_left_out?.reason === 'own_change', {
      deadlineMs: 20_000,
      what: 'the circle to be noticed',
    });
    await startedFor(by, toPong, ['1110']);
  });

  it('do not start the helper that made them, although somebody else’s same change does', async () => {
    const score = await newHelper(by, 'default_to_field', { default: 'Told', to_field: 'job_title' });
    await waiting(by, score, 'field_changed', { field: 'job_title' });
    await inCrm('PATCH', '/contacts/1111?update_mask=job_title', { job_title: 'Captain' });
    await waitFor(async () => (await triggersOf(by, score))[0]?.last_left_out?.reason === 'own_change', {
      deadlineMs: 20_000,
      what: 'the own change to be noticed',
    });
    await startedFor(by, score, ['1111']);
  });
});

describe('a trigger', () => {
  it('is refused with what to do instead', async () => {
    const by = running.customer;
    const helper = await newNote(by, 'x');
    const post = (body: unknown, of = helper, api = by.api) => api.post(`/helpers/${of}/triggers`, body);
    expect((await post({ event: 'opened' })).status).toBe(422);
    expect((await post({ event: 'tag_applied', filter: { field: 'x' } })).body.code).toBe('triggers.invalid_filter');
    expect((await post({ event: 'tag_applied', filter: { tag_id: 'no such tag' } })).status).toBe(422);
    expect((await post({ event: 'contact_created', more: 1 })).status).toBe(422);
    expect((await post({ event: 'contact_created' })).status).toBe(201);
    expect((await post({ event: 'contact_created' })).body.code).toBe('triggers.duplicate');
    const { data } = await by.api.post<{ helper_id: string }>('/helpers', {
      name: 'n',
      helper_type: 'note_it',
      config: {},
    });
    expect((await post({ event: 'contact_created' }, data.helper_id)).body.code).toBe('triggers.connection_required');
    const stranger = await newCustomer(running.system);
    expect((await post({ event: 'contact_created' }, helper, stranger.api)).status).toBe(404);
    expect((await stranger.api.get(`/helpers/${helper}/triggers`)).status).toBe(404);
    const free = await newCustomer(running.system, 'free');
    const poor = await newNote(free, 'x');
    expect((await post({ event: 'contact_created' }, poor, free.api)).body.code).toBe('billing.feature_not_available');
  });

  it('rests while its helper is disabled, and ends with it', async () => {
    const by = await connected('keap', {});
    const [tag, later] = [await newTag('Rested'), await newTag('Woke')];
    const [helper, witness] = [await newNote(by, 'rested'), await newNote(by, 'witness')];
    await waiting(by, helper, 'tag_applied', { tag_id: tag });
    await waiting(by, witness, 'tag_applied', { tag_id: later });
    await by.api.request('PUT', `/helpers/${helper}`, { enabled: false });
    await applyTag(tag, '1112');
    await waitFor(async () => (await triggersOf(by, helper))[0]?.last_left_out?.reason === 'helper_disabled', {
      deadlineMs: 20_000,
      what: 'the change to be left out',
    });
    const [trigger] = await triggersOf(by, helper);
    expect((await by.api.request('DELETE', `/helpers/${helper}/triggers/${trigger?.trigger_id}`)).status).toBe(200);
    expect((await by.api.request('DELETE', `/helpers/${witness}`)).status).toBe(200);
    const hooks = async () => {
      const answer = await fetch(`${running.system.sandbox.url}/keap/crm/rest/v1/hooks`, {
        headers: { authorization: `Bearer ${DEMO_KEY}` },
      });
      return (await answer.json()) as { hookUrl: string }[];
    };
    const before = (await hooks()).length;
    await waitFor(async () => (await hooks()).length < before || before === 0, { deadlineMs: 20_000, what: 'the end' });
    expect(await by.api.executionsOf(helper)).toEqual([]);
  });
});
