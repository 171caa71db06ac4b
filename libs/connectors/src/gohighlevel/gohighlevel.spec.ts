import { describe, expect, it } from '@jest/globals';
import { ok, scriptedGohighlevel } from '../testing/scripted-gohighlevel.js';
import type { Scripted } from '../testing/scripted-http.js';

describe('do not disturb', () => {
  const answer = (status: string): Scripted =>
    ok({ succeded: true, contact: { id: 'c1', dndSettings: { Email: { status } } } });

  it.each([
    [true, 'inactive'],
    [false, 'active'],
  ])('for an opt-in %s is %s', async (optIn, status) => {
    const { crm, bodies } = scriptedGohighlevel([answer(status)]);
    await crm.setOptInStatus?.('c1', optIn, 'Asked for it');
    expect(bodies()).toEqual([{ dndSettings: { Email: { status, message: 'Asked for it' } } }]);
  });

  it('that stays against the request is a failure, except an opt-out for good', async () => {
    const left = scriptedGohighlevel([answer('inactive')]).crm.setOptInStatus?.('c1', false, '');
    await expect(left).rejects.toMatchObject({ kind: 'validation', outcome: 'refused' });
    const lifted = scriptedGohighlevel([answer('permanent')]).crm.setOptInStatus?.('c1', true, '');
    await expect(lifted).rejects.toMatchObject({ kind: 'validation', outcome: 'refused' });
    await scriptedGohighlevel([answer('permanent')]).crm.setOptInStatus?.('c1', false, '');
  });
});

describe('notes', () => {
  it('are found by their text where the vendor shows it as HTML', async () => {
    const dateAdded = '2026-01-15T10:00:00.000Z';
    const notes = [
      { id: 'n1', title: 'T', body: 'other', dateAdded },
      { id: 'n2', title: 'T', body: '<p>B</p>', bodyText: 'B', dateAdded },
    ];
    const { crm } = scriptedGohighlevel([ok({ notes })]);
    const note = { title: 'T', body: 'B', type: 'general' };
    expect(await crm.findNote?.('c1', note, new Date(dateAdded))).toEqual({ id: 'n2' });
    expect(await crm.findNote?.('c1', note, new Date('2026-01-15T11:00:00Z'))).toBeNull();
  });

  it('are written in the name of a user where one is named', async () => {
    const { crm, bodies } = scriptedGohighlevel([{ status: 201, json: { note: { id: 'n1' } } }]);
    await crm.createNote?.('c1', { title: 'T', body: 'B', type: 'Call', user_id: 'u1' });
    expect(bodies()).toEqual([{ title: 'T', body: 'B', userId: 'u1' }]);
  });
});

describe('opportunities', () => {
  it('are read to the last page, oldest first, and moved by their stage', async () => {
    const page = (id: string, createdAt: string, meta: object): Scripted =>
      ok({ opportunities: [{ id, pipelineStageId: 's1', monetaryValue: 12.5, createdAt }], meta });
    const { crm, http, bodies } = scriptedGohighlevel([
      page('o2', '2026-02-01T00:00:00Z', { nextPage: 2, startAfter: 17, startAfterId: 'o2' }),
      page('o1', '2026-01-01T00:00:00Z', { nextPage: null, startAfter: 16, startAfterId: 'o1' }),
      ok({ opportunity: { id: 'o1' } }),
    ]);
    await crm.setContactFieldValue('c1', '_related.lead.stage.s1.update_first', 's2');
    expect(http.requests[1]?.query).toMatchObject({ contact_id: 'c1', startAfter: '17', startAfterId: 'o2' });
    expect(http.requests[2]?.url).toMatch(/\/opportunities\/o1$/);
    expect(bodies()[2]).toEqual({ pipelineStageId: 's2' });
  });

  it('are the only related records', async () => {
    const { crm, http } = scriptedGohighlevel([]);
    await expect(crm.getRelated?.('c1', 'invoice', { order: 'all' })).rejects.toMatchObject({ kind: 'unsupported' });
    await expect(crm.achieveGoal('c1', 'g', '')).rejects.toMatchObject({ kind: 'unsupported' });
    expect(http.requests).toEqual([]);
  });
});

it('tells a token of another location', async () => {
  const { crm } = scriptedGohighlevel([ok({ location: { id: 'loc2' } })]);
  await expect(crm.testConnection()).rejects.toMatchObject({ kind: 'validation' });
});
