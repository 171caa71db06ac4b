import { expect, test } from '@jest/globals';
import type { NormalizedContact } from '#connectors';
import { arrange, columnsOf, positionsIn, rowOf } from './sheet-columns.js';

const contact = (id: string, custom_fields: NormalizedContact['custom_fields'] = {}): NormalizedContact => ({
  id,
  first_name: 'Ada',
  last_name: '',
  email: 'ada@example.com',
  custom_fields,
  source_crm: 'sandbox',
  source_id: id,
});

test('columns are the union of the custom fields of all contacts, in order', () => {
  const columns = columnsOf([contact('1', { b: 1 }), contact('2', { a: null, c: ['x', 'y'] })], null);
  expect(columns.map(({ column }) => column)).toEqual([
    'Id',
    'FirstName',
    'LastName',
    'Email',
    'Phone',
    'Company',
    'a',
    'b',
    'c',
  ]);
  expect(rowOf(contact('2', { a: null, c: ['x', 'y'] }), columns)).toEqual([
    '2',
    'Ada',
    '',
    'ada@example.com',
    '',
    '',
    '',
    '',
    'x, y',
  ]);
});

test('titles can be the labels', () => {
  const labels = [{ id: '12', key: 'tier', label: 'Tier of the year', field_type: 'text' }];
  const titles = columnsOf([contact('1', { '12': 'gold' })], labels).map(({ column }) => column);
  expect(titles).toEqual(['ID', 'First Name', 'Last Name', 'Email', 'Phone', 'Company', 'Tier of the year']);
});

test('cells go where the header has their title', () => {
  const columns = [
    { column: 'Email', field: 'Email' },
    { column: 'FirstName', field: 'FirstName' },
    { column: 'Tier', field: 'Tier' },
  ];
  const positions = positionsIn(['Note', 'first name', 'EMAIL'], columns);
  expect(positions).toEqual([2, 1, -1]);
  expect(arrange(['a@x.io', 'Ada', 'gold'], positions)).toEqual(['', 'Ada', 'a@x.io']);
  expect(arrange(['a@x.io', 'Ada', 'gold'], positions, ['kept', 'old', 'old', 'kept too'])).toEqual([
    'kept',
    'Ada',
    'a@x.io',
    'kept too',
  ]);
});
