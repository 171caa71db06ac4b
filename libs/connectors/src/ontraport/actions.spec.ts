import { describe, expect, it } from '@jest/globals';
import { ada, contact, done, fixture, meta, ok, tags, text } from '../testing/scripted-ontraport.js';

describe('tags', () => {
  it('of contacts only are listed, from all pages', async () => {
    const full = Array.from({ length: 50 }, (_, index) => ({
      tag_id: String(100 + index),
      tag_name: `T${index}`,
      object_type_id: '0',
    }));
    const { crm, http } = fixture([ok(full), tags]);
    expect((await crm.getTags()).map(({ id }) => id)).toEqual([...full.map(({ tag_id }) => tag_id), '5', '6']);
    expect(http.requests.map(({ query }) => query?.['start'])).toEqual([0, 50]);
  });

  it('change the contact that the run knows', async () => {
    const { crm, asked, http } = fixture([tags, contact, done, done, done]);
    await crm.applyTag('7', 'Six');
    await crm.removeTag('7', 'Five');
    expect((await crm.getContact('7')).tags?.map(({ id }) => id)).toEqual(['6']);
    expect(asked()).toEqual(['GET objects', 'GET object', 'PUT objects/tag', 'DELETE objects/tag']);
    expect(http.requests[3]?.json).toEqual({ objectID: 0, ids: '7', remove_list: '5' });
  });

  it('are made for contacts when there is none of that name', async () => {
    const { crm, http } = fixture([ok([]), ok({ tag_id: 9, tag_name: 'New' })]);
    expect(await crm.createTag?.({ name: ' New ', description: 'nowhere to put it' })).toEqual({
      id: '9',
      name: 'New',
    });
    expect(http.requests[1]?.json).toEqual({ objectID: 14, tag_name: 'New', object_type_id: 0 });
  });
});

describe('a field', () => {
  it('that the account does not know is not written', async () => {
    const { crm, asked } = fixture([meta({ f1: text('One') })]);
    await expect(crm.setContactFieldValue('7', 'Two', 'x')).rejects.toMatchObject({
      kind: 'validation',
      outcome: 'not_sent',
      message: 'Ontraport cannot set Two: there is no such field',
    });
    expect(asked()).toEqual(['GET objects/meta']);
  });

  it('that was added meanwhile is found', async () => {
    const { connection, clock, http } = fixture([
      meta({ f1: text('One') }),
      meta({ f1: text('One'), f2: text('Two') }),
      ok({ attrs: { f2: 'x', id: '7' } }),
    ]);
    await connection.connector().getCustomFields();
    clock.at += 60_000;
    await connection.connector().setContactFieldValue('7', 'Two', 'x');
    expect(http.requests.at(-1)?.json).toEqual({ objectID: 0, id: '7', f2: 'x' });
  });

  it('takes an option that was added meanwhile', async () => {
    const level = (options: object) => meta({ f1: text('Level', { type: 'drop', options }) });
    const changed = ok({ attrs: { f1: '2', id: '7' } });
    const { connection, clock, http } = fixture([
      level({ '1': 'Silver' }),
      level({ '1': 'Silver', '2': 'Gold' }),
      changed,
    ]);
    await connection.connector().getCustomFields();
    clock.at += 60_000;
    await connection.connector().setContactFieldValue('7', 'Level', 'gold');
    expect(http.requests.at(-1)?.json).toEqual({ objectID: 0, id: '7', f1: '2' });
  });

  it.each([0, '0', null, ''])('with the flag editable %j is not written', async (editable) => {
    const { crm } = fixture([meta({ f1: text('One', { editable }) })]);
    await expect(crm.setContactFieldValue('7', 'One', 'x')).rejects.toThrow('it cannot be changed');
  });

  it('of those that every account has needs no list', async () => {
    const { crm, http, asked } = fixture([ok({ attrs: [] })]);
    await crm
      .updateContact('7', { first_name: 'A', custom_fields: { sms_number: '+1 (555) 0100', birthday: '1970-01-02' } })
      .catch(() => undefined);
    expect(asked()[0]).toBe('PUT objects');
    expect(http.requests[0]?.json).toEqual({
      objectID: 0,
      id: '7',
      firstname: 'A',
      sms_number: '+15550100',
      birthday: '86400',
    });
  });
});

describe('consent', () => {
  it('is asked for when the answer does not tell it', async () => {
    const { crm, asked, http } = fixture([contact, ok({ attrs: [] }), ok({ ...ada, bulk_mail: '0' })]);
    await crm.setOptInStatus?.('7', false, 'asked');
    expect(http.requests[1]?.json).toEqual({ objectID: 0, id: '7', bulk_mail: '0' });
    expect(asked()).toEqual(['GET object', 'PUT objects', 'GET object']);
  });

  it('that the vendor keeps is an error', async () => {
    const { crm } = fixture([ok({ ...ada, bulk_mail: '0' }), ok({ attrs: [] }), ok({ ...ada, bulk_mail: '0' })]);
    await expect(crm.setOptInStatus?.('7', true, 'asked')).rejects.toMatchObject({
      kind: 'validation',
      outcome: 'refused',
    });
  });
});

describe('notes', () => {
  it('have one text, and an author where one is named', async () => {
    const { crm, http } = fixture([contact, ok({ id: 91 }), ok({ id: '92' })]);
    expect(await crm.createNote?.('7', { title: 'T', body: 'B', type: 'call', user_id: '3' })).toEqual({ id: '91' });
    await crm.createNote?.('7', { title: '', body: 'B', type: 'general' });
    expect(http.requests.slice(1).map(({ json }) => json)).toEqual([
      { objectID: 12, contact_id: '7', data: 'T\n\nB', author: '3' },
      { objectID: 12, contact_id: '7', data: 'B' },
    ]);
  });

  it('are looked for no further back than asked', async () => {
    const since = new Date('2026-01-01T00:00:00Z');
    const note = (id: string, date: number, data = 'other') => ({ id, data, date: String(date) });
    const at = since.getTime() / 1000;
    const full = Array.from({ length: 50 }, (_, index) => note(String(900 - index), at - index * 60));
    const { crm, http } = fixture([ok(full)]);
    expect(await crm.findNote?.('7', { title: 'T', body: 'B', type: 'general' }, since)).toBeNull();
    expect(http.requests).toHaveLength(1);
    expect(http.requests[0]?.query).toMatchObject({ objectID: 12, sort: 'id', sortDir: 'desc' });
  });
});

describe('automations', () => {
  it('are looked up once for all runs of a connection', async () => {
    const processed = ok('The subscription is now being processed.');
    const { connection, asked, http } = fixture([contact, ok({ id: '4' }), processed, contact, processed]);
    await connection.connector().triggerAutomation('7', '4');
    await connection.connector().triggerAutomation('7', '4');
    expect(asked()).toEqual([
      'GET object',
      'GET object',
      'PUT objects/subscribe',
      'GET object',
      'PUT objects/subscribe',
    ]);
    expect(http.requests[2]?.json).toEqual({ objectID: 0, ids: '7', add_list: '4', sub_type: 'Campaign' });
  });
});
