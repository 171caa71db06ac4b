import { describe, expect, it } from '@jest/globals';
import { ada, ok, refused, scriptedActiveCampaign, whole } from '../testing/scripted-activecampaign.js';

describe('a contact', () => {
  it('whose tags and company did not come with it has them read', async () => {
    const { crm, asked } = scriptedActiveCampaign([
      ok({ contact: ada, fieldValues: [], accountContacts: [{ id: '9', contact: '7', account: '3', jobTitle: '' }] }),
      ok({ contactTags: [{ id: '70', contact: '7', tag: '5' }] }),
      ok({ account: { id: '3', name: 'Kitchen' } }),
    ]);
    expect(await crm.getContact('7')).toMatchObject({ company: 'Kitchen', tags: [{ id: '5', name: '' }] });
    expect(await crm.getContactFieldValue('7', 'company')).toBe('Kitchen');
    expect(asked()).toEqual(['GET /contacts/7', 'GET /contacts/7/contactTags', 'GET /accounts/3']);
  });

  it('is known after a write, with what was written and all the rest', async () => {
    const { crm, asked } = scriptedActiveCampaign([
      whole({ fieldValues: [{ contact: '7', field: '1', value: 'x' }] }),
      ok({ contact: { ...ada, firstName: 'Eva' } }),
    ]);
    await crm.getContact('7');
    const changed = await crm.updateContact('7', { first_name: 'Eva' });
    expect(changed).toMatchObject({ first_name: 'Eva', last_name: 'Marsh', tags: [], custom_fields: { '1': 'x' } });
    expect(await crm.getContact('7')).toEqual(changed);
    expect(asked()).toEqual(['GET /contacts/7', 'PUT /contacts/7']);
  });

  it('that is taken is a conflict with the id of whoever has the address', async () => {
    const { crm, asked } = scriptedActiveCampaign([
      refused(422, { code: 'duplicate', pointer: '/data/attributes/email' }),
      ok({
        contacts: [
          { id: '8', email: 'xada@b.c' },
          { id: '7', email: 'ADA@b.c' },
        ],
        meta: { total: '2' },
      }),
    ]);
    const input = { first_name: 'A', last_name: 'B', email: 'ada@b.c' };
    await expect(crm.createContact(input)).rejects.toMatchObject({ kind: 'conflict', existingId: '7', status: 422 });
    expect(asked()).toEqual(['POST /contacts', 'GET /contacts']);
  });

  it('that is taken is a conflict also when nobody can say who has the address', async () => {
    const { crm } = scriptedActiveCampaign([refused(422, { code: 'duplicate' }), { status: 404 }]);
    const making = crm.createContact({ first_name: 'A', last_name: 'B', email: 'ada@b.c' });
    await expect(making).rejects.toMatchObject({ kind: 'conflict', existingId: undefined });
  });

  it.each([
    ['without an address', { email: '' }],
    ['with a job title and no company', { custom_fields: { job_title: 'Cook' } }],
    ['with a field that does not exist', { custom_fields: { nothing: 'x' } }],
  ])('%s is not made', async (_name, more) => {
    const { crm, asked } = scriptedActiveCampaign([ok({ fields: [], meta: { total: '0' } })]);
    const input = { first_name: 'A', last_name: 'B', email: 'a@b.c', ...more };
    await expect(crm.createContact(input)).rejects.toMatchObject({ kind: 'validation', outcome: 'not_sent' });
    expect(asked()).not.toContain('POST /contacts');
  });

  it('is told of when its company failed, so that it is not made twice', async () => {
    const { crm } = scriptedActiveCampaign([{ status: 201, json: { contact: ada } }, { status: 500 }]);
    await expect(
      crm.createContact({ first_name: 'A', last_name: 'B', email: 'ada@b.c', company: 'Kitchen' }),
    ).rejects.toMatchObject({ kind: 'server', outcome: 'unknown', existingId: '7' });
  });
});

describe('a company', () => {
  const account = (id: string, name: string) => ({ id, name });

  it('that somebody else made meanwhile is found again', async () => {
    const { crm, asked } = scriptedActiveCampaign([
      whole(),
      ok({ accounts: [account('1', 'The Kitchen')], meta: { total: '1' } }),
      refused(422, { code: 'duplicate' }),
      ok({ accounts: [account('1', 'The Kitchen'), account('2', 'kitchen ')], meta: { total: '2' } }),
      { status: 201, json: { accountContact: { id: 9, contact: 7, account: 2, jobTitle: '' } } },
    ]);
    await crm.setContactFieldValue('7', 'company', ' Kitchen ');
    expect(asked().slice(1)).toEqual(['GET /accounts', 'POST /accounts', 'GET /accounts', 'POST /accountContacts']);
  });

  it('stays with its job title, and a title with its company, in the same association', async () => {
    const association = { id: '9', contact: '7', account: '2', jobTitle: 'Cook' };
    const { crm, http, asked } = scriptedActiveCampaign([
      whole({ accountContacts: [association], accounts: [account('2', 'Kitchen')] }),
      ok({ accountContact: { ...association, jobTitle: 'Chef' } }),
      ok({ accounts: [account('3', 'Bar')], meta: { total: '1' } }),
      ok({ accountContact: { ...association, account: '3' } }),
    ]);
    await crm.setContactFieldValue('7', 'job_title', 'Chef');
    await crm.setContactFieldValue('7', 'company', 'bar');
    expect(asked().slice(1)).toEqual(['PUT /accountContacts/9', 'GET /accounts', 'PUT /accountContacts/9']);
    expect(http.requests[1]?.json).toEqual({ accountContact: { contact: '7', account: '2', jobTitle: 'Chef' } });
    expect(http.requests[3]?.json).toEqual({ accountContact: { contact: '7', account: '3', jobTitle: 'Chef' } });
  });
});
