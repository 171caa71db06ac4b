import { describe, expect, it } from '@jest/globals';
import { ok, refused, scriptedActiveCampaign, whole } from '../testing/scripted-activecampaign.js';
import { type ScriptedHttp } from '../testing/scripted-http.js';

describe('a tag', () => {
  const tags = ok({ tags: [{ id: '5', tag: 'Five', tagType: 'contact' }], meta: { total: '1' } });

  it('is taken away by its association, read where that is not known', async () => {
    const { crm, asked } = scriptedActiveCampaign([
      tags,
      ok({ contactTags: [{ id: '70', contact: '7', tag: '5' }] }),
      ok({}),
    ]);
    await crm.removeTag('7', 'Five');
    expect(asked().slice(1)).toEqual(['GET /contacts/7/contactTags', 'DELETE /contactTags/70']);
  });

  it('that is gone already was what we wanted', async () => {
    const { crm } = scriptedActiveCampaign([
      tags,
      ok({ contactTags: [{ id: '70', contact: '7', tag: '5' }] }),
      { status: 404 },
    ]);
    await crm.removeTag('7', '5');
  });

  it('of which a contact has more than fit on a page is found on a later one', async () => {
    const many = Array.from({ length: 100 }, (_, index) => ({ id: `${index}`, contact: '7', tag: `${index + 1000}` }));
    const { crm, http, asked } = scriptedActiveCampaign([
      tags,
      ok({ contactTags: many, meta: { total: '101' } }),
      ok({ contactTags: [{ id: '70', contact: '7', tag: '5' }], meta: { total: '101' } }),
      ok({}),
    ]);
    await crm.removeTag('7', '5');
    expect(asked().at(-1)).toBe('DELETE /contactTags/70');
    expect(http.requests[2]?.query).toMatchObject({ limit: 100, offset: 100 });
  });

  it('that somebody else made meanwhile is found again', async () => {
    const none = ok({ tags: [], meta: { total: '0' } });
    const { crm } = scriptedActiveCampaign([none, refused(422, { code: 'duplicate' }), tags]);
    expect(await crm.createTag?.({ name: 'five' })).toEqual({ id: '5', name: 'Five' });
  });
});

describe('fields', () => {
  it('come from every page with their choices in order', async () => {
    const field = (id: string, type = 'text') => ({ id, title: `Field ${id}`, type, perstag: `F${id}`, defval: '' });
    const first = Array.from({ length: 100 }, (_, index) => field(String(index + 1)));
    const { crm } = scriptedActiveCampaign([
      ok({ fields: first, fieldOptions: [], meta: { total: '101' } }),
      ok({
        fields: [{ ...field('101', 'listbox'), defval: 'B' }],
        fieldOptions: [
          { id: '2', field: '101', value: 'B', label: 'B!', orderid: '2' },
          { id: '1', field: '101', value: '', label: 'A', orderid: '1' },
        ],
        meta: { total: '101' },
      }),
    ]);
    const fields = await crm.getCustomFields();
    expect(fields).toHaveLength(101);
    expect(fields[100]).toEqual({
      id: '101',
      key: 'F101',
      label: 'Field 101',
      field_type: 'listbox',
      options: ['A', 'B'],
      default_value: 'B',
    });
  });
});

describe('consent', () => {
  const lists = (...ids: string[]) =>
    ok({ lists: ids.map((id) => ({ id, name: id })), meta: { total: `${ids.length}` } });
  const on = (...statuses: string[]) =>
    whole({ contactLists: statuses.map((status, index) => ({ contact: '7', list: String(index + 1), status })) });
  const written = (http: ScriptedHttp) => http.requests.flatMap(({ json }) => (json === undefined ? [] : [json]));

  it('of somebody who left is renewed as such, of somebody who never confirmed simply given', async () => {
    const { crm, http } = scriptedActiveCampaign([on('2', '0', '3'), ok({})]);
    await crm.setOptInStatus?.('7', true, 'Signed a form');
    expect(written(http)).toEqual([
      { contactList: { list: '1', contact: '7', status: '1', sourceid: '4' } },
      { contactList: { list: '2', contact: '7', status: '1' } },
    ]);
  });

  it('is there already where a contact is on a list, whatever others were left', async () => {
    const { crm, http } = scriptedActiveCampaign([on('2', '1')]);
    await crm.setOptInStatus?.('7', true, 'Signed a form');
    expect(written(http)).toEqual([]);
  });

  it('that the vendor did not take is not taken for given', async () => {
    const { crm } = scriptedActiveCampaign([on('2'), ok({ contactList: { list: '1', status: 2 } })]);
    await expect(crm.setOptInStatus?.('7', true, 'Signed a form')).rejects.toMatchObject({
      kind: 'validation',
      outcome: 'refused',
    });
  });

  it('is taken back on every list that mail could come from', async () => {
    const { crm, http } = scriptedActiveCampaign([on('2', '0', '1', '3'), ok({})]);
    await crm.setOptInStatus?.('7', false, '');
    expect(written(http)).toEqual([
      { contactList: { list: '3', contact: '7', status: '2' } },
      { contactList: { list: '2', contact: '7', status: '2' } },
    ]);
  });

  it('of a contact on no list is given on the only one there is', async () => {
    const { crm, http } = scriptedActiveCampaign([on(), lists('4'), ok({})]);
    await crm.setOptInStatus?.('7', true, 'Asked');
    expect(written(http)).toEqual([{ contactList: { list: '4', contact: '7', status: '1' } }]);
  });

  it.each([[[]], [['4', '5']]])('of a contact on no list is nobody’s to guess with the lists %j', async (ids) => {
    const { crm, http } = scriptedActiveCampaign([on(), lists(...ids), ok({})]);
    await expect(crm.setOptInStatus?.('7', true, 'Asked')).rejects.toMatchObject({ kind: 'validation' });
    expect(written(http)).toEqual([]);
  });
});

describe('automations', () => {
  const entries = (...adddates: string[]) =>
    ok({ contactAutomations: adddates.map((adddate) => ({ id: '1', automation: '3', adddate })) });

  it.each(['', ' ', 'Welcome', '3:1'])('are named by their numbers, not by %j', async (name) => {
    const { crm, http } = scriptedActiveCampaign([]);
    await expect(crm.triggerAutomation('7', name)).rejects.toMatchObject({ kind: 'validation', outcome: 'not_sent' });
    expect(http.requests).toEqual([]);
  });

  it('tell whether a contact has entered since', async () => {
    const since = new Date('2026-01-15T10:00:00.900Z');
    const has = (...adddates: string[]) =>
      scriptedActiveCampaign([entries(...adddates)]).crm.hasTriggered?.('7', '3', since);
    expect(await has('2026-01-15T05:00:00-05:00')).toBe(true);
    expect(await has('2026-01-15T04:59:00-05:00')).toBe(false);
    expect(await has()).toBe(false);
    expect(await scriptedActiveCampaign([entries('2027-01-01T00:00:00Z')]).crm.hasTriggered?.('7', '4', since)).toBe(
      false,
    );
  });
});

it('lets the newest of equal notes be found', async () => {
  const note = (id: string, cdate = '2026-01-15T05:00:01-05:00') => ({ id, note: 'T\n\nB', cdate });
  const { crm } = scriptedActiveCampaign([ok({ notes: [note('8'), note('11'), note('12', '2025-01-01T00:00:00Z')] })]);
  const since = new Date('2026-01-15T10:00:00Z');
  expect(await crm.findNote?.('7', { title: 'T', body: 'B', type: 'x' }, since)).toEqual({ id: '11' });
});

it('tells deals in whole currency, oldest first, of a stage where one is asked for', async () => {
  const deal = (id: string, stage: string, cdate: string) => ({ id, title: id, stage, value: '12345', cdate });
  const deals = ok({ deals: [deal('2', '1', '2026-02-01T00:00:00Z'), deal('1', '2', '2026-01-01T00:00:00Z')] });
  const { crm } = scriptedActiveCampaign([deals]);
  const all = await crm.getRelated?.('7', 'lead', { order: 'all' });
  expect(all?.map(({ Id, ProjectedRevenueHigh }) => [Id, ProjectedRevenueHigh])).toEqual([
    ['1', 123.45],
    ['2', 123.45],
  ]);
  expect(await crm.getRelated?.('7', 'lead', { order: 'last', stage: '2' })).toMatchObject([{ Id: '1' }]);
  expect(await crm.getRelated?.('7', 'lead', { order: 'first', stage: '9' })).toEqual([]);
});
