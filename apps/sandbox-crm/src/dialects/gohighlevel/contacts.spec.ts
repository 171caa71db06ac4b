import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { effectsOf, sandboxForTest, type Reply, type SandboxForTest } from '../../testing/sandbox-client.js';

let sandbox: SandboxForTest;
beforeAll(async () => {
  sandbox = await sandboxForTest();
});
afterAll(() => sandbox.stop());
beforeEach(() => sandbox.admin('POST', '/reset', {}));

const call = (method: string, path: string, body?: unknown): Promise<Reply> =>
  sandbox.request(method, `/gohighlevel${path}`, { body, headers: { version: '2021-07-28' } });
const locationId = 'sandbox-location';

interface Shown {
  id: string;
  tags: string[];
  [name: string]: unknown;
}
const shown = async (id: string): Promise<Shown> => (await call('GET', `/contacts/${id}`)).body['contact'] as Shown;

describe('every call', () => {
  it('says which contract it speaks', async () => {
    const reply = await sandbox.request('GET', '/gohighlevel/contacts/1001');
    expect(reply).toMatchObject({ status: 401, body: { message: 'version header was not found.' } });
  });

  it('is refused without a token, and for a foreign location', async () => {
    const headers = { version: '2021-07-28' };
    const stranger = await sandbox.request('GET', '/gohighlevel/contacts/1001', { headers, token: 'nobody' });
    expect(stranger).toMatchObject({ status: 401, body: { statusCode: 401, error: 'Unauthorized' } });
    expect((await call('GET', '/locations/elsewhere/tags')).status).toBe(403);
    expect((await call('GET', '/locations/locsbx1')).body).toMatchObject({ location: { id: 'locsbx1' } });
  });

  it('tells what is left of the limits, and names unknown records as bad requests', async () => {
    const reply = await call('GET', '/contacts/7');
    expect(reply).toMatchObject({ status: 400, body: { message: 'Contact with id 7 not found' } });
    expect(reply.headers.get('x-ratelimit-interval-milliseconds')).toBe('10000');
  });
});

describe('a contact', () => {
  it('is made with tags by name, and not twice with one address', async () => {
    const input = {
      locationId,
      firstName: 'Grace',
      email: 'Grace@Example.com',
      phone: '(602) 555-0142',
      tags: ['VIP', 'brand new'],
    };
    const made = await call('POST', '/contacts/', input);
    const contact = made.body['contact'] as Shown;
    expect(made.status).toBe(201);
    expect(contact).toMatchObject({
      emailLowerCase: 'grace@example.com',
      phone: '+16025550142',
      tags: ['vip', 'brand new'],
    });

    const again = await call('POST', '/contacts/', { locationId, email: 'GRACE@example.com' });
    expect(again).toMatchObject({ status: 400, body: { meta: { contactId: contact.id, matchingField: 'email' } } });
    const moved = await call('PUT', '/contacts/1001', { email: 'grace@example.com' });
    expect(moved.body).toMatchObject({ meta: { contactId: contact.id } });
  });

  it('keeps what an update does not name, and loses its tags to one that names others', async () => {
    const before = await shown('1001');
    await call('PUT', '/contacts/1001', {
      firstName: 'Augusta',
      country: 'DE',
      dateOfBirth: '12/10/1815',
      source: null,
    });
    const { source: _source, ...rest } = before;
    const changed = { firstName: 'Augusta', firstNameLowerCase: 'augusta', country: 'DE', dateOfBirth: '1815-12-10' };
    expect(await shown('1001')).toEqual({ ...rest, ...changed, dateUpdated: expect.any(String) });

    await call('PUT', '/contacts/1001', { tags: ['prospect'] });
    expect((await shown('1001')).tags).toEqual(['prospect']);
    await call('PUT', '/contacts/1001', { tags: [] });
    expect((await shown('1001')).tags).toEqual([]);
  });

  it.each([
    [{ locationId }, 'property locationId should not exist'],
    [{ gender: 'female' }, 'property gender should not exist'],
    [{ email: 'no address' }, 'email must be an email'],
    [{ country: 'USA' }, 'country must be a valid enum value'],
    [{ dateOfBirth: '1815-13-45' }, 'dateOfBirth must be a valid date'],
    [{ customFields: [{ id: '7', field_value: 'many' }] }, 'customFields value of Score is invalid'],
    [{ dndSettings: { Email: { status: 'on' } } }, 'dndSettings.Email.status must be one of'],
  ])('is not changed by %j', async (body, sentence) => {
    const before = await shown('1002');
    const reply = await call('PUT', '/contacts/1002', { firstName: 'Never', ...body });
    expect(reply).toMatchObject({ status: 422, body: { message: [expect.stringContaining(sentence)] } });
    expect(await shown('1002')).toEqual(before);
    expect(await effectsOf(sandbox)).toEqual([]);
  });

  it('takes values under one name and shows them under another, and drops those of unknown fields', async () => {
    const customFields = [
      { id: '4', field_value: 'Yes' },
      { id: '3', field_value: ['Books'] },
      { id: 'nowhere', field_value: 'x' },
    ];
    const reply = await call('PUT', '/contacts/1003', { customFields });
    expect(reply.body).toMatchObject({ succeded: true });
    const values = (await shown('1003'))['customFields'] as object[];
    expect(values).toEqual(
      expect.arrayContaining([
        { id: '4', value: 'Yes' },
        { id: '3', value: ['Books'] },
      ]),
    );
    expect(values).not.toContainEqual(expect.objectContaining({ id: 'nowhere' }));

    await call('DELETE', '/_admin/effects');
    const nothing = await call('PUT', '/contacts/1003', { customFields: [{ id: 'nowhere', field_value: 'x' }] });
    expect(nothing.body).toMatchObject({ succeded: true });
  });

  it('does not want to be disturbed where a setting is active, on each channel for itself', async () => {
    await call('PUT', '/contacts/1004', { dndSettings: { SMS: { status: 'active' } } });
    await call('PUT', '/contacts/1004', { dndSettings: { Email: { status: 'active', message: 'asked' } } });
    expect(await shown('1004')).toMatchObject({
      dnd: true,
      dndSettings: { SMS: { status: 'active' }, Email: { status: 'active' } },
    });
    expect((await effectsOf(sandbox)).at(-1)).toMatchObject({
      operation: 'SetOptInStatus',
      args: { opted_in: false, reason: 'asked' },
    });
  });
});

describe('tags, workflows and opportunities', () => {
  it('make a tag of any name that is applied', async () => {
    const reply = await call('POST', '/contacts/1001/tags', { tags: ['Never Seen'] });
    expect(reply.status).toBe(201);
    expect(reply.body['tags']).toContain('never seen');
    const { tags } = (await call('GET', `/locations/${locationId}/tags`)).body as { tags: { name: string }[] };
    expect(tags.map(({ name }) => name)).toContain('never seen');
    expect((await call('POST', `/locations/${locationId}/tags`, { name: 'NEVER SEEN' })).status).toBe(400);
    const removed = await call('DELETE', '/contacts/1001/tags', { tags: ['never seen', 'nor this'] });
    expect(removed.body['tags']).not.toContain('never seen');
  });

  it('say inside a success that a draft takes nobody in', async () => {
    expect((await call('POST', '/contacts/1001/workflow/301', {})).body).toEqual({ succeded: true });
    expect((await call('POST', '/contacts/1001/workflow/304', {})).body).toEqual({ succeded: false });
    expect((await call('POST', '/contacts/1001/workflow/1', {})).status).toBe(400);
    expect((await call('DELETE', '/contacts/1001/workflow/301', {})).body).toEqual({ succeded: true });
    const { workflows } = (await call('GET', `/workflows/?locationId=${locationId}`)).body as { workflows: unknown[] };
    expect(workflows).toContainEqual(expect.objectContaining({ id: '304', status: 'draft' }));
  });

  it('page through opportunities by the marker of the last one', async () => {
    const query = `/opportunities/search?location_id=${locationId}&limit=1`;
    const first = (await call('GET', query)).body as { opportunities: Shown[]; meta: Record<string, unknown> };
    expect(first.meta).toMatchObject({ nextPage: 2, startAfterId: first.opportunities[0]?.id });
    const { startAfter, startAfterId } = first.meta;
    const second = await call('GET', `${query}&startAfter=${String(startAfter)}&startAfterId=${String(startAfterId)}`);
    expect((second.body['opportunities'] as Shown[])[0]?.id).not.toBe(first.opportunities[0]?.id);
    const moved = await call('PUT', `/opportunities/${String(startAfterId)}`, { pipelineStageId: '5' });
    expect(moved.body).toMatchObject({ opportunity: { pipelineStageId: '5' } });
    expect((await call('PUT', `/opportunities/${String(startAfterId)}`, { pipelineStageId: '99' })).status).toBe(400);
  });
});
