import { describe, expect, it } from '@jest/globals';
import { ada, ok, scriptedActiveCampaign } from '../testing/scripted-activecampaign.js';

describe('a walk through contacts', () => {
  const page = (ids: string[], total: string) => ok({ contacts: ids.map((id) => ({ ...ada, id })), meta: { total } });

  it('ends also where the vendor counts what came before', async () => {
    const { crm, http } = scriptedActiveCampaign([
      page(['1', '2'], '2'),
      page(['1'], '2'),
      page(['2'], '2'),
      page([], '2'),
    ]);
    expect((await crm.getContacts({ limit: 2 })).has_more).toBe(false);
    let seen = 0;
    let cursor: string | undefined;
    do {
      const found = await crm.getContacts({ limit: 1, ...(cursor !== undefined && { cursor }) });
      seen += found.contacts.length;
      expect(found.total).toBe(2);
      cursor = found.next_cursor;
    } while (cursor !== undefined);
    expect(seen).toBe(2);
    expect(http.requests.slice(1).map(({ query }) => query?.['id_greater'])).toEqual([undefined, '1', '2']);
  });

  it('goes down by id, and by offset in other orders', async () => {
    const { crm, http } = scriptedActiveCampaign([page(['9', '8'], '5')]);
    const down = await crm.getContacts({ limit: 2, order_by: '-id' });
    await crm.getContacts({ limit: 2, order_by: '-id', cursor: down.next_cursor ?? '' });
    const byMail = await crm.getContacts({ limit: 2, order_by: 'email', offset: 1 });
    await crm.getContacts({ limit: 2, order_by: 'email', cursor: byMail.next_cursor ?? '' });
    expect(http.requests.map(({ query }) => query)).toMatchObject([
      { 'orders[id]': 'DESC' },
      { 'orders[id]': 'DESC', id_less: '8' },
      { 'orders[email]': 'ASC', offset: 1 },
      { 'orders[email]': 'ASC', offset: 3 },
    ]);
  });

  it('asks for no more than ids where nobody looks at the rest', async () => {
    const { crm, http } = scriptedActiveCampaign([page(['1'], '1')]);
    await crm.getContacts({ ids_only: true });
    expect(http.requests[0]?.query).not.toHaveProperty('include');
  });

  it('that no total is told for is one page', async () => {
    const { crm } = scriptedActiveCampaign([ok({ contacts: [ada], meta: {} })]);
    expect(await crm.getContacts({})).toMatchObject({ total: -1, has_more: false });
  });

  it.each([{ filters: { constructor: 'x' } }, { order_by: 'constructor' }, { order_by: '-toString' }])(
    'cannot be asked for with %j',
    async (query) => {
      const { crm, http } = scriptedActiveCampaign([]);
      await expect(crm.getContacts(query)).rejects.toMatchObject({ kind: 'validation' });
      expect(http.requests).toEqual([]);
    },
  );
});
