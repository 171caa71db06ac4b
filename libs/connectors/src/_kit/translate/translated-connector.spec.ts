import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { keapTraits } from '../../keap/traits.js';
import { FakeConnector } from '../../testing/fake-connector.js';
import { ConnectionMemory } from '../connection-memory.js';
import { ConnectorError, type ConnectorErrorKind } from '../connector-error.js';
import { StandardKeys } from './field-keys.js';
import { TranslatedConnector } from './translated-connector.js';

let raw: FakeConnector;
let now: number;
let memory: ConnectionMemory;
const warnings: string[] = [];

const connector = () =>
  new TranslatedConnector(raw, {
    traits: keapTraits,
    keys: new StandardKeys(keapTraits),
    memory,
    logger: { warn: (_details, message) => warnings.push(message) },
  });

const failWith = (operation: string, kind: ConnectorErrorKind) => {
  raw.failure = { operation, error: new ConnectorError({ kind, platform: 'keap', message: 'no' }) };
};

beforeEach(() => {
  raw = new FakeConnector();
  now = 1_000_000;
  memory = new ConnectionMemory(() => now);
  raw.fields = [
    { id: '12', key: 'Email0', label: 'Email', field_type: 'TEXT' },
    { id: '13', key: 'RenewalDate', label: 'Renewal Date', field_type: 'DATE' },
    { id: '14', key: 'LastVisit', label: 'Last Visit', field_type: 'DATE_TIME' },
    { id: '15', key: '13', label: 'Confusing', field_type: 'TEXT' },
  ];
  raw.tags = [
    { id: '100', name: 'VIP' },
    { id: '101', name: '100' },
    { id: '102', name: '777' },
  ];
});

const keysAsked = () => raw.asked.filter(([operation]) => operation === 'getContactFieldValue').map(([, , key]) => key);

describe('field keys', () => {
  it.each([
    ['first_name', 'given_name', 'our name'],
    ['given_name', 'given_name', 'the vendor’s own key'],
    ['email', 'email', 'the standard field, although a custom field has this label'],
    ['city', 'locality', 'a part of the address'],
    ['renewal date ', '13', 'a label in any letter case'],
    ['RenewalDate', '13', 'a key'],
    ['renewal_date', '13', 'a similar key'],
    ['14', '14', 'an id'],
    ['13', '15', 'a key that is another field’s id: keys come first'],
    ['FirstName', 'given_name', 'another spelling of a standard field'],
    ['Email', '12', 'a label, where the standard name is spelled otherwise'],
    ['EmailAddress2', 'EMAIL2', 'an older name'],
    ['unknown', 'unknown', 'nothing we know'],
  ])('%s leads to %s: %s', async (key, vendorKey) => {
    await connector().getContactFieldValue('1', key);
    expect(keysAsked()).toEqual([vendorKey]);
  });

  it('load no list for standard fields', async () => {
    await connector().getContactFieldValue('1', 'first_name');
    expect(raw.asked.map(([operation]) => operation)).toEqual(['getContactFieldValue']);
  });

  it('load the list once for many runs, and anew after some minutes', async () => {
    await connector().getContactFieldValue('1', 'Renewal Date');
    await connector().getContactFieldValue('1', 'Last Visit');
    const loads = () => raw.asked.filter(([operation]) => operation === 'getCustomFields').length;
    expect(loads()).toBe(1);
    now += 6 * 60 * 1000;
    await connector().getContactFieldValue('1', 'Last Visit');
    expect(loads()).toBe(2);
  });

  it('find a field that is new since the list was read', async () => {
    await connector().getContactFieldValue('1', 'New Field');
    raw.fields.push({ id: '20', key: 'NewField', label: 'New Field', field_type: 'TEXT' });
    await connector().getContactFieldValue('1', 'New Field');
    now += 31_000;
    await connector().getContactFieldValue('1', 'New Field');
    expect(keysAsked()).toEqual(['New Field', 'New Field', '20']);
  });

  it('pass unchanged and with a warning when the list may not be read', async () => {
    failWith('getCustomFields', 'forbidden');
    await connector().getContactFieldValue('1', 'Renewal Date');
    expect(keysAsked()).toEqual(['Renewal Date']);
    expect(warnings.length).toBeGreaterThan(0);
  });

  it('never lead to the wrong field because the list is away for a moment', async () => {
    failWith('getCustomFields', 'network');
    await expect(connector().setContactFieldValue('1', 'Renewal Date', 'x')).rejects.toMatchObject({ kind: 'network' });
  });

  it('are resolved when contacts are made and changed, too', async () => {
    await connector().createContact({
      first_name: 'A',
      last_name: 'B',
      email: 'a@b.c',
      custom_fields: { 'Renewal Date': '03/01/2026' },
      tags: ['vip', '102'],
    });
    await connector().updateContact('1', { custom_fields: { 'last visit': '2026-01-15' } });
    expect(raw.asked).toContainEqual([
      'createContact',
      expect.objectContaining({ custom_fields: { '13': '2026-03-01' }, tags: ['100', '102'] }),
    ]);
    expect(raw.asked).toContainEqual(['updateContact', '1', { custom_fields: { '14': '2026-01-15T00:00:00.000Z' } }]);
  });

  it('are read anew after the vendor did not know one', async () => {
    await connector().getContactFieldValue('1', 'Renewal Date');
    failWith('setContactFieldValue', 'validation');
    await expect(connector().setContactFieldValue('1', 'Renewal Date', '2026-01-01')).rejects.toThrow();
    expect(memory.age('fields')).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('values', () => {
  it.each([
    ['Renewal Date', '2026-03-01', '2026-03-01T00:00:00Z'],
    ['Last Visit', '2026-03-01T10:30:00.000+0000', '2026-03-01T10:30:00Z'],
    ['Last Visit', 'some day', 'some day'],
    ['Last Visit', '', ''],
    ['Last Visit', null, null],
    ['birthday', '1990-05-05', '1990-05-05'],
  ])('of %s: %j is read as %j', async (key, vendorValue, value) => {
    raw.values = { '13': vendorValue, '14': vendorValue, birthday: vendorValue };
    expect(await connector().getContactFieldValue('1', key)).toBe(value);
  });

  it.each([
    ['Renewal Date', '03/01/2026', '2026-03-01'],
    ['Renewal Date', '2026-03-01T23:00:00-05:00', '2026-03-02'],
    ['Last Visit', '2026-03-01 10:30:00', '2026-03-01T10:30:00.000Z'],
    ['Last Visit', '2026-03-01T12:30:00+02:00', '2026-03-01T10:30:00.000Z'],
    ['Last Visit', 'some day', 'some day'],
    ['Last Visit', '', ''],
  ])('of %s: %j is written as %j', async (key, value, vendorValue) => {
    await connector().setContactFieldValue('1', key, value);
    expect(raw.asked.at(-1)?.[3]).toBe(vendorValue);
  });
});

describe('tags', () => {
  it.each([
    ['100', '100', 'a known id, although another tag has it for a name'],
    [' vip', '100', 'a name in any letter case'],
    ['777', '102', 'a number that is only a name'],
  ])('%j leads to %s: %s', async (tag, id) => {
    await connector().applyTag('1', tag);
    await connector().removeTag('1', tag);
    expect(raw.asked.filter(([operation]) => operation !== 'getTags')).toEqual([
      ['applyTag', '1', id],
      ['removeTag', '1', id],
    ]);
  });

  it('are looked up once more before one is said not to exist', async () => {
    await connector().applyTag('1', 'VIP');
    now += 10_000;
    raw.tags = [...raw.tags, { id: '200', name: 'Brand new' }];
    await connector().applyTag('1', 'brand NEW');
    expect(raw.asked.at(-1)).toEqual(['applyTag', '1', '200']);
    await expect(connector().applyTag('1', 'nowhere')).rejects.toMatchObject({
      kind: 'not_found',
      outcome: 'not_sent',
    });
  });

  it('that the list lacks are asked of the vendor, once a while', async () => {
    const findTag = jest.fn((tag: string) => Promise.resolve(tag === 'old 7' ? '77' : undefined));
    Object.assign(raw, { findTag });
    await connector().applyTag('1', 'VIP');
    now += 10_000;
    await connector().applyTag('1', 'old 7');
    now += 10_000;
    await connector().applyTag('2', 'old 7');
    expect(findTag.mock.calls).toEqual([['old 7', 'applyTag']]);
    expect(raw.asked.map(([operation, , tag]) => [operation, tag])).toEqual([
      ['getTags', undefined],
      ['applyTag', '100'],
      ['getTags', undefined],
      ['applyTag', '77'],
      ['applyTag', '77'],
    ]);
    await expect(connector().applyTag('1', 'nowhere')).rejects.toMatchObject({ kind: 'not_found' });
  });

  it('can be used by id when the list may not be read', async () => {
    failWith('getTags', 'forbidden');
    await connector().applyTag('1', '55');
    expect(raw.asked.at(-1)).toEqual(['applyTag', '1', '55']);
  });

  it('are found by name for a list of contacts', async () => {
    await connector().getContacts({ tag_id: 'VIP' });
    expect(raw.asked.at(-1)).toEqual(['getContacts', { tag_id: '100' }]);
  });
});

describe('abilities', () => {
  it('that a vendor lacks are refused without a call', async () => {
    raw.capabilities = ['contacts'];
    const crm = connector();
    const refused = { kind: 'unsupported', status: 501, retryable: false };
    await expect(crm.applyTag('1', 'VIP')).rejects.toMatchObject(refused);
    await expect(crm.achieveGoal('1', 'g', '')).rejects.toMatchObject(refused);
    await expect(crm.triggerAutomation('1', 'a')).rejects.toMatchObject(refused);
    await expect(crm.getCustomFields()).rejects.toMatchObject(refused);
    await expect(crm.getContactFieldValue('1', '_goal.x.achieved')).rejects.toMatchObject({ kind: 'unsupported' });
    expect(raw.asked).toEqual([]);
    expect(crm.createNote).toBeUndefined();
  });
});

describe('questions about related records', () => {
  beforeEach(() => {
    raw.related = [
      { Id: '1', InvoiceTotal: 0.1, TotalPaid: '0.10', StageID: '3' },
      { Id: '2', InvoiceTotal: 0.2, TotalPaid: null, StageID: '3' },
      { Id: '10', InvoiceTotal: 0, TotalPaid: 'many', StageID: '4' },
    ];
  });

  it.each([
    ['_related.invoice.first.Id', '1'],
    ['_related.invoice.last.Id', '10'],
    ['_related.invoice.last.Unknown', null],
    ['_related.invoice.sum.InvoiceTotal', 0.3],
    ['_related.invoice.sum.TotalPaid', 0.1],
    ['_related.invoice.count', 3],
    ['_related.invoice.count.nonzero', 2],
    ['_related.lead.stage.3', 2],
    ['_related.lead.stage.9', null],
  ])('%s is %j', async (key, value) => {
    expect(await connector().getContactFieldValue('1', key)).toBe(value);
  });

  it('read the records of a kind once a run', async () => {
    const crm = connector();
    await Promise.all(
      ['first.Id', 'last.Id', 'sum.TotalPaid', 'count'].map((question) =>
        crm.getContactFieldValue('1', `_related.invoice.${question}`),
      ),
    );
    expect(raw.asked).toHaveLength(1);
  });

  it('move the opportunity with the lowest id, or all', async () => {
    raw.related = [
      { Id: '10', StageID: '3' },
      { Id: '9', StageID: '3' },
    ];
    await connector().setContactFieldValue('1', '_related.lead.stage.3.update_first', '7');
    await connector().setContactFieldValue('1', '_related.lead.stage.3.update_all', 7);
    expect(raw.asked.filter(([operation]) => operation === 'updateRelated')).toEqual([
      ['updateRelated', '9', '7'],
      ['updateRelated', '9', '7'],
      ['updateRelated', '10', '7'],
    ]);
    await expect(connector().setContactFieldValue('1', '_related.lead.stage.8.update_all', '7')).rejects.toMatchObject({
      kind: 'not_found',
    });
  });

  it('cannot be written otherwise', async () => {
    await expect(connector().setContactFieldValue('1', '_related.invoice.count', 1)).rejects.toMatchObject({
      kind: 'validation',
    });
  });
});
