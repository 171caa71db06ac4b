import { describe, expect, it } from '@jest/globals';
import { readActiveCampaign } from './activecampaign.reader.js';
import { readGoHighLevel } from './gohighlevel.reader.js';
import { readHubSpot } from './hubspot.reader.js';
import { readKeap } from './keap.reader.js';
import { readOntraport } from './ontraport.reader.js';

const receivedAt = new Date('2026-11-21T12:00:00.000Z');
const hints = { eventId: 'e1', receivedAt, topicOf: (id: string) => ({ '3': 'sub_tag(7)' })[id] };
const changes = ({ told }: ReturnType<typeof readKeap>) =>
  told.map(({ contactId, change, tag, field }) => [contactId, change, tag ?? field ?? null]);

describe('Keap', () => {
  it('tells contacts one by one, and that they have to be read', () => {
    const object_keys = [{ id: 5, timestamp: '2026-11-21T11:59:00Z' }, { id: '6' }];
    const reading = readKeap({ event_key: 'contact.edit', object_type: 'contact', object_keys }, hints);
    expect(changes(reading)).toEqual([
      ['5', 'contact_updated', null],
      ['6', 'contact_updated', null],
    ]);
    expect(reading.told.map(({ occurredAt }) => occurredAt.toISOString())).toEqual([
      '2026-11-21T11:59:00.000Z',
      '2026-11-21T12:00:00.000Z',
    ]);
    expect(reading.looks.map(({ contactId }) => contactId)).toEqual(['5', '6']);
    expect(readKeap({ event_key: 'contact.delete', object_keys: [{ id: 5 }] }, hints).looks).toEqual([]);
  });

  it('tells a tag with its contacts; the same change has the same identity in any grouping', () => {
    const timestamp = '2026-11-21T11:00:00Z';
    const tagged = (ids: number[]) =>
      readKeap(
        {
          event_key: 'contactGroup.applied',
          object_keys: [{ id: 9, contact_details: ids.map((id) => ({ id, timestamp })) }],
        },
        { ...hints, eventId: String(ids) },
      );
    expect(changes(tagged([1, 2]))).toEqual([
      ['1', 'tag_applied', { id: '9' }],
      ['2', 'tag_applied', { id: '9' }],
    ]);
    expect(tagged([2, 3]).told[0]?.identity).toEqual(tagged([1, 2]).told[1]?.identity);
  });

  it('leaves out what is about nothing of ours', () => {
    for (const event_key of ['invoice.add', 'contactGroup.edit']) {
      expect(readKeap({ event_key, object_keys: [{ id: 1 }] }, hints)).toEqual({ told: [], looks: [] });
    }
    expect(readKeap({ something: 'else' }, hints)).toEqual({ told: [], looks: [] });
  });
});

describe('GoHighLevel', () => {
  const contact = {
    locationId: 'loc',
    id: 'c1',
    firstName: 'Ada',
    tags: ['vip'],
    customFields: [{ id: 'f', value: [1] }],
  };

  it('brings the contact as it is', () => {
    const reading = readGoHighLevel({ type: 'ContactTagUpdate', timestamp: '2026-11-21T11:59:00Z', ...contact }, hints);
    expect(changes(reading)).toEqual([['c1', 'contact_updated', null]]);
    expect(reading).toMatchObject({
      account: 'loc',
      snapshot: {
        created: false,
        tags: ['vip'],
        fields: { first_name: 'Ada', f: ['1'] },
        at: new Date('2026-11-21T11:59:00Z'),
      },
    });
  });

  it('tells creation and deletion, and the removal of the app', () => {
    expect(readGoHighLevel({ type: 'ContactCreate', ...contact }, hints).snapshot?.created).toBe(true);
    const deleted = readGoHighLevel({ type: 'ContactDelete', ...contact }, hints);
    expect([changes(deleted), deleted.snapshot]).toEqual([[['c1', 'contact_deleted', null]], undefined]);
    expect(readGoHighLevel({ type: 'UNINSTALL', appId: 'a', locationId: 'loc' }, hints)).toMatchObject({
      account: 'loc',
      removed: true,
    });
    expect(readGoHighLevel({ type: 'OpportunityCreate', ...contact }, hints).told).toEqual([]);
  });
});

describe('HubSpot', () => {
  const event = { portalId: 7, objectId: 12, occurredAt: receivedAt.getTime() };

  it.each([
    [{ subscriptionType: 'contact.creation' }, 'contact_created', null],
    [{ subscriptionType: 'contact.privacyDeletion' }, 'contact_deleted', null],
    [
      { subscriptionType: 'contact.propertyChange', propertyName: 'lifecyclestage', propertyValue: 'lead' },
      'field_changed',
      { key: 'lifecyclestage', value: 'lead' },
    ],
    [{ subscriptionType: 'object.creation', objectTypeId: '0-1' }, 'contact_created', null],
  ])('tells %o', (given, change, about) => {
    const reading = readHubSpot({ ...event, ...given }, hints);
    expect([changes(reading), reading.account]).toEqual([[['12', change, about]], '7']);
  });

  it('leaves out other objects', () => {
    for (const given of [
      { subscriptionType: 'deal.creation' },
      { subscriptionType: 'object.creation', objectTypeId: '0-2' },
    ]) {
      expect(readHubSpot({ ...event, ...given }, hints).told).toEqual([]);
    }
  });
});

describe('ActiveCampaign', () => {
  it('names tags, and says `subscribe` of contacts that may be known', () => {
    const tag = { type: 'contact_tag_added', tag: 'VIP', contact: { id: '3', tags: 'VIP' } };
    expect(changes(readActiveCampaign(tag, hints))).toEqual([['3', 'tag_applied', { name: 'VIP' }]]);
    const subscribe = readActiveCampaign({ type: 'subscribe', contact: { id: '3' } }, hints);
    expect(subscribe.told).toMatchObject([{ change: 'contact_created', onlyIfUnknown: true }]);
    expect(subscribe.looks).toHaveLength(1);
    expect(readActiveCampaign({ type: 'open', contact: { id: '3' } }, hints).told).toEqual([]);
  });
});

describe('Ontraport', () => {
  it('says by the subscription which tag it was', () => {
    const event = {
      webhook_id: 3,
      object_type_id: 0,
      event: { type: 'sub_tag' },
      data: { id: '11' },
      timestamp: 1_700_000_000,
    };
    const reading = readOntraport(event, hints);
    expect(changes(reading)).toEqual([['11', 'tag_applied', { id: '7' }]]);
    expect(reading.told[0]?.occurredAt.toISOString()).toBe('2023-11-14T22:13:20.000Z');
    expect(changes(readOntraport({ ...event, event: { type: 'unsub_tag(8)' } }, hints))).toEqual([
      ['11', 'tag_removed', { id: '8' }],
    ]);
    expect(readOntraport({ ...event, object_type_id: 1 }, hints).told).toEqual([]);
  });
});
