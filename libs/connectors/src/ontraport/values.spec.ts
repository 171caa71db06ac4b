import { describe, expect, it } from '@jest/globals';
import type { FieldValue } from '../_kit/contact.js';
import type { AccountField } from './account-fields.js';
import { dayOf, readValue, smsNumber, storedDay, storedText } from './values.js';

const OPTIONS = { '1': 'Basic', '2': 'Plus', '7': '2', '9': 'Tea, coffee' };

function field(type: string, options: Readonly<Record<string, string>> = {}): AccountField {
  return { key: 'f1', label: 'A field', type, editable: true, options: new Map(Object.entries(options)) };
}

describe('a stored text', () => {
  it.each<[type: string, text: string, value: FieldValue]>([
    ['text', 'Ada', 'Ada'],
    ['text', '', null],
    ['numeric', '41', 41],
    ['numeric', '-0.5', -0.5],
    ['numeric', 'n/a', 'n/a'],
    ['price', '1999.95', 1999.95],
    ['check', '1', true],
    ['check', '0', false],
    ['drop', '2', 'Plus'],
    ['drop', '0', null],
    ['drop', '99', '99'],
    ['list', '*/*1*/*9*/*', ['Basic', 'Tea, coffee']],
    ['list', '*/*1*/*99*/*', ['Basic', '99']],
    ['timestamp', '1772361000', '2026-03-01T10:30:00Z'],
    ['timestamp', '0', null],
    ['timestamp', '-86400', '1969-12-31T00:00:00Z'],
    ['fulldate', '2026-03-01', '2026-03-01T00:00:00Z'],
    ['fulldate', 'soon', 'soon'],
    ['state', 'ZZ', 'ZZ'],
  ])('of the type %s, %j, is %j', (type, text, value) => {
    const options = ['drop', 'list'].includes(type) ? OPTIONS : {};
    expect(readValue(field(type, options), text)).toEqual(value);
  });

  it('of a field that is not known stays as it is', () => {
    expect(readValue(undefined, '5')).toBe('5');
    expect(readValue(field('text'), undefined)).toBeNull();
  });
});

describe('a value', () => {
  it.each<[type: string, value: FieldValue, text: string]>([
    ['text', 12, '12'],
    ['text', ['a', 'b'], 'a, b'],
    ['text', null, ''],
    ['numeric', 0, '0'],
    ['numeric', ' 12.50 ', '12.50'],
    ['price', '', ''],
    ['check', true, '1'],
    ['check', 'No', '0'],
    ['drop', 'plus', '2'],
    ['drop', '1', '1'],
    // A label wins over an id of another option.
    ['drop', '2', '7'],
    ['list', 'Tea, coffee', '*/*9*/*'],
    ['list', 'Basic, plus, Basic', '*/*1*/*2*/*'],
    ['list', ['Tea, coffee', 'Basic'], '*/*9*/*1*/*'],
    ['list', [], ''],
    ['timestamp', '2026-03-01T12:30:00+02:00', '1772361000'],
    ['timestamp', '2026-03-01 10:30:00', '1772361000'],
    ['fulldate', '03/01/2026', '1772323200'],
    ['fulldate', '2026-03-01T23:59:59Z', '1772323200'],
    ['fulldate', '1772361000', '1772323200'],
    ['fulldate', '1969-12-31T12:00:00Z', '-86400'],
    ['state', 'Bavaria', 'Bavaria'],
  ])('for the type %s, %j, is stored as %j', (type, value, text) => {
    expect(storedText(field(type, ['drop', 'list'].includes(type) ? OPTIONS : {}), value)).toBe(text);
  });

  it.each<[type: string, value: FieldValue]>([
    ['numeric', '1,5'],
    ['numeric', true],
    ['price', '$5'],
    ['check', 'perhaps'],
    ['drop', 'Gold'],
    ['list', ['Basic', 'Gold']],
    ['timestamp', 'tomorrow'],
    ['fulldate', '2026-02-31'],
    ['subscription', '*/*1*/*'],
  ])('that the type %s cannot hold, %j, is refused', (type, value) => {
    expect(storedText(field(type, OPTIONS), value)).toEqual({ problem: expect.any(String) });
  });
});

it('keeps a birthday a day, before 1970, too', () => {
  for (const day of ['1900-05-15', '1969-12-31', '2001-09-09']) {
    const stored = storedDay(day);
    expect(dayOf(typeof stored === 'string' ? stored : '')).toBe(day);
  }
  expect(storedDay('')).toBe('');
  expect(dayOf('0')).toBeUndefined();
});

it.each([
  ['+1 (555) 010-2000', '+15550102000'],
  ['555 010 2000', '555 010 2000'],
  ['', ''],
])('writes the number %j for text messages as %j', (given, written) => {
  expect(smsNumber(given)).toBe(written);
});
