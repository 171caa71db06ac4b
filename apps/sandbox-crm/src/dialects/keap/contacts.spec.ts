import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { effectsOf, sandboxForTest, type SandboxForTest } from '../../testing/sandbox-client.js';

let sandbox: SandboxForTest;
beforeAll(async () => {
  sandbox = await sandboxForTest();
});
afterAll(() => sandbox.stop());
beforeEach(() => sandbox.admin('POST', '/reset'));

describe('one contact', () => {
  it('comes with the default properties, and with others only when they are named', async () => {
    const plain = await sandbox.keap('GET', '/contacts/1001');
    expect(plain).toMatchObject({ status: 200, body: { id: '1001', given_name: 'Ada', family_name: 'Marsh' } });
    expect(plain.body).not.toHaveProperty('custom_fields');
    const named = await sandbox.keap('GET', '/contacts/1001?fields=tag_ids,custom_fields');
    expect(Object.keys(named.body).toSorted()).toEqual(['custom_fields', 'id', 'tag_ids']);
  });

  it('is refused in the API form when it does not exist or a property does not', async () => {
    expect(await sandbox.keap('GET', '/contacts/9')).toMatchObject({
      status: 404,
      body: { code: 404, status: 'NOT_FOUND', details: [{ domain: 'keap', resource: 'Contact' }] },
    });
    expect(await sandbox.keap('GET', '/contacts/1001?fields=nope')).toMatchObject({
      status: 400,
      body: { status: 'INVALID_ARGUMENT' },
    });
  });

  it('carries quota headers that count', async () => {
    const first = await sandbox.keap('GET', '/contacts/1001');
    const second = await sandbox.keap('GET', '/contacts/1001');
    const used = (reply: typeof first): number => Number(reply.headers.get('x-keap-product-quota-used'));
    expect(used(second)).toBe(used(first) + 1);
    expect(second.headers.get('x-keap-tenant-id')).toBe('sbx1');
  });

  it('is gone after a delete', async () => {
    expect((await sandbox.keap('DELETE', '/contacts/1002')).status).toBe(204);
    expect((await sandbox.keap('GET', '/contacts/1002')).status).toBe(404);
    expect(await effectsOf(sandbox)).toEqual([{ operation: 'DeleteContact', contact_id: '1002', args: {} }]);
  });
});

describe('a change', () => {
  it('touches what the mask names only, and clears what it names and the body lacks', async () => {
    const body = { given_name: 'Adele', family_name: 'Changed' };
    const path = '/contacts/1001?update_mask=given_name&update_mask=job_title&fields=given_name,family_name,job_title';
    const { body: contact } = await sandbox.keap('PATCH', path, { body });
    expect(contact).toEqual({ id: '1001', given_name: 'Adele', family_name: 'Marsh' });
    expect(await effectsOf(sandbox)).toEqual([
      { operation: 'UpdateContact', contact_id: '1001', args: { given_name: 'Adele', job_title: null } },
    ]);
  });

  it('replaces arrays as a whole but keeps the other custom fields', async () => {
    const phone = { number: '+14805550100', field: 'PHONE2' };
    const path = '/contacts/1001?update_mask=phone_numbers,custom_fields&fields=phone_numbers,custom_fields';
    const { body } = await sandbox.keap('PATCH', path, {
      body: { phone_numbers: [phone], custom_fields: [{ id: '7', content: 41 }] },
    });
    expect(body['phone_numbers']).toEqual([{ ...phone, number_e164: phone.number }]);
    expect(body['custom_fields']).toContainEqual({ id: '7', content: 41 });
    expect((body['custom_fields'] as unknown[]).length).toBeGreaterThan(1);
  });

  it('of one custom field is logged as the setting of a value, and reads back in the type of the field', async () => {
    const set = (id: string, content: unknown) =>
      sandbox.keap('PATCH', '/contacts/1001?update_mask=custom_fields&fields=custom_fields', {
        body: { custom_fields: [{ id, content }] },
      });
    const written: [id: string, content: unknown, kept: unknown][] = [
      ['7', '12', 12],
      ['8', 0.1, 0.1],
      ['5', '2026-03-04', '2026-03-04'],
      ['6', '2026-03-04T10:00:00.000+02:00', '2026-03-04T08:00:00.000Z'],
      ['4', 'Yes', true],
      ['3', 'Books,Coaching', ['Books', 'Coaching']],
      ['2', '4', 'Workbook'],
      ['1', 'Addie', 'Addie'],
    ];
    for (const [id, content, kept] of written) {
      expect((await set(id, content)).body['custom_fields']).toContainEqual({ id, content: kept });
    }
    expect((await effectsOf(sandbox))[0]).toEqual({
      operation: 'SetContactFieldValue',
      contact_id: '1001',
      args: { field: '7', label: 'Score', before: expect.any(Number), value: 12 },
    });
    const cleared = (await set('7', '')).body['custom_fields'] as { id: string }[];
    expect(cleared.map(({ id }) => id)).not.toContain('7');
    expect((await set('7', 'many')).status).toBe(400);
    expect((await set('7', 1.5)).status).toBe(400);
    expect((await set('5', 'soon')).status).toBe(400);
    expect((await set('99', 'x')).status).toBe(400);
  });

  it('of one field among all that a connector sends back is still the setting of one value', async () => {
    const { body } = await sandbox.keap('GET', '/contacts/1001?fields=custom_fields');
    const sent = (body['custom_fields'] as { id: string; content: unknown }[]).filter(({ id }) => id !== '7');
    const path = '/contacts/1001?update_mask=custom_fields';
    await sandbox.keap('PATCH', path, { body: { custom_fields: [...sent, { id: '7', content: 4711 }] } });
    await sandbox.keap('PATCH', path, {
      body: { custom_fields: [...sent, { id: '7', content: 1 }, { id: '1', content: 'A' }] },
    });
    expect(await effectsOf(sandbox)).toMatchObject([
      { operation: 'SetContactFieldValue', args: { field: '7', value: 4711 } },
      {
        operation: 'UpdateContact',
        args: {
          custom_fields: [
            { field: '7', value: 1 },
            { field: '1', value: 'A' },
          ],
        },
      },
    ]);
  });

  it.each([
    ['an unknown property in the mask', 'nope', {}],
    ['a name that is too long', 'given_name', { given_name: 'x'.repeat(41) }],
    ['an address without @', 'email_addresses', { email_addresses: [{ email: 'nobody' }] }],
    ['a region without a country', 'addresses', { addresses: [{ field: 'BILLING', region: 'Ohio' }] }],
    ['an unknown company', 'company', { company: { id: '1' } }],
    ['a body that is no object', 'given_name', []],
  ])('is refused for %s and changes nothing', async (_case, mask, body) => {
    const before = await sandbox.admin('GET', '/contacts/1001');
    expect((await sandbox.keap('PATCH', `/contacts/1001?update_mask=${mask}`, { body })).status).toBe(400);
    expect((await sandbox.admin('GET', '/contacts/1001')).body).toEqual(before.body);
    expect(await effectsOf(sandbox)).toEqual([]);
  });
});

describe('a new contact', () => {
  const person = { given_name: 'Nora', family_name: 'New', email_addresses: [{ email: 'nora@example.com' }] };

  it('is created each time without a duplicate option, and found again with one', async () => {
    const first = await sandbox.keap('POST', '/contacts', { body: person });
    const second = await sandbox.keap('POST', '/contacts', { body: person });
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body['id']).not.toBe(first.body['id']);
    const path = '/contacts?duplicate_option=Email&fields=given_name';
    const third = await sandbox.keap('POST', path, { body: { ...person, given_name: 'Nora2' } });
    expect(third).toMatchObject({ status: 200, body: { id: first.body['id'], given_name: 'Nora2' } });
    const renamed = await sandbox.keap('POST', '/contacts?duplicate_option=EmailAndName', {
      body: { ...person, family_name: 'Other' },
    });
    expect(renamed.status).toBe(201);
    const operations = (await effectsOf(sandbox)).map(({ operation }) => operation);
    expect(operations).toEqual(['CreateContact', 'CreateContact', 'UpdateContact', 'CreateContact']);
  });

  it('needs an address, a telephone number or an e-mail address', async () => {
    expect((await sandbox.keap('POST', '/contacts', { body: { given_name: 'Nobody' } })).status).toBe(400);
  });
});

describe('the list', () => {
  const idsOf = (body: Record<string, unknown>): string[] => (body['contacts'] as { id: string }[]).map(({ id }) => id);

  it.each(['id asc', 'id desc', 'email asc', 'create_time desc', 'update_time'])(
    'is walked page by page without gaps or repeats by %s',
    async (order) => {
      const seen: string[] = [];
      let token = '';
      do {
        const path = `/contacts?page_size=7&order_by=${encodeURIComponent(order)}&page_token=${token}`;
        const { body } = await sandbox.keap('GET', path);
        seen.push(...idsOf(body));
        token = body['next_page_token'] as string;
        if (seen.length === 7) await sandbox.keap('DELETE', `/contacts/${seen[0]}`);
      } while (token !== '');
      expect(new Set(seen).size).toBe(30);
      expect(seen).toHaveLength(30);
    },
  );

  it.each<[string, string[]]>([
    ['email==ADA.marsh.1001@example.com', ['1001']],
    ['email==ada.marsh*', ['1001']],
    ['given_name==Ben;family_name==Oka*', ['1002']],
    ['ids==1003,1001', ['1001', '1003']],
    ['contact_id>1028', ['1029', '1030']],
    ['contact_id<=1002', ['1001', '1002']],
    ['email==nobody@example.com', []],
    ['start_update_time==2030-01-01T00:00:00.000Z', []],
    ['Score>=1000', []],
  ])('is filtered by %s', async (filter, ids) => {
    const { status, body } = await sandbox.keap('GET', `/contacts?filter=${encodeURIComponent(filter)}`);
    expect([status, idsOf(body)]).toEqual([200, ids]);
  });

  it('is filtered by custom fields of several types', async () => {
    await sandbox.keap('PATCH', '/contacts/1004?update_mask=custom_fields', {
      body: {
        custom_fields: [
          { id: '7', content: 4711 },
          { id: '5', content: '2031-01-01' },
          { id: '3', content: ['Sailing'] },
        ],
      },
    });
    for (const filter of ['score==4711', 'RenewalDate>=2031-01-01T00:00:00.000Z', 'Interests==Sailing']) {
      const { body } = await sandbox.keap('GET', `/contacts?filter=${encodeURIComponent(filter)}`);
      expect([filter, idsOf(body)]).toEqual([filter, ['1004']]);
    }
  });

  it.each(['filter=nope==1', 'filter=email>a', 'filter=broken', 'page_size=1001', 'page_token=x', 'order_by=nope'])(
    'refuses %s',
    async (query) => {
      expect((await sandbox.keap('GET', `/contacts?${query}`)).status).toBe(400);
    },
  );
});
