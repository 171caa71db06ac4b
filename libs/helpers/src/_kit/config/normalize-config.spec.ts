import { z } from 'zod';
import { describe, expect, test } from '@jest/globals';
import { configErrors, parseConfig } from './config-errors.js';
import { conformConfig, normalizeConfig } from './normalize-config.js';
import { choice, decimal, exactText, fieldName, flag, textList, wholeNumber } from './options.js';

const definition = {
  aliases: { list: 'names', amount: 'count' },
  config: z.object({
    action: choice(['apply', 'remove'], 'What', 'apply'),
    names: textList('Names'),
    separator: exactText('Between').default(' '),
    count: wholeNumber('How many').prefault(1),
    operand: decimal('Second number').optional(),
    on: flag('On').default(true),
    field: fieldName('Field').optional(),
    routes: z.record(z.string(), z.string()).optional(),
    rules: z.array(z.object({ name: z.string().optional(), limit: z.number().optional() })).default([]),
    steps: z.array(z.union([z.string(), z.object({ id: z.string(), note: z.string().optional() })])).default([]),
  }),
};

describe('normalising a configuration', () => {
  test('splits text lists on commas and lines', () => {
    expect(conformConfig(definition, { names: ' a, b,,\nc ' })).toEqual({ names: ['a', 'b', 'c'] });
  });

  test('numbers and booleans in text lists become text, in plain digits', () => {
    expect(conformConfig(definition, { names: [1234567, true, 'x'] })).toEqual({ names: ['1234567', 'true', 'x'] });
  });

  test('what is empty is left out, but not where the empty text counts', () => {
    expect(conformConfig(definition, { field: '', action: null, separator: '', names: [] })).toEqual({
      separator: '',
      names: [],
    });
  });

  test('numeric text becomes a number where only a number fits', () => {
    expect(conformConfig(definition, { count: ' 12.5 ', operand: '0.10', rules: [{ limit: '3' }] })).toEqual({
      count: 12.5,
      operand: '0.10',
      rules: [{ limit: 3 }],
    });
  });

  test('an alias gives way to a value under the name itself', () => {
    expect(conformConfig(definition, { list: 'a', amount: 2, count: 5 })).toEqual({ names: ['a'], count: 5 });
    expect(conformConfig(definition, { list: 'a', names: '' })).toEqual({ names: ['a'] });
  });

  test('inside objects and lists, too', () => {
    expect(conformConfig(definition, { rules: [{ name: '' }], steps: [{ id: 'a', note: '' }, 'b'] })).toEqual({
      rules: [{}],
      steps: [{ id: 'a' }, 'b'],
    });
  });

  test('keys and values of maps are data', () => {
    const routes = { _monday: '', First_Name: 'x' };
    expect(conformConfig(definition, { routes })).toEqual({ routes });
  });

  test('what does not fit stays for validation to find', () => {
    expect(conformConfig(definition, { count: 'many', on: 'yes', names: { a: 1 } })).toEqual({
      count: 'many',
      on: 'yes',
      names: { a: 1 },
    });
  });

  test('only saving fills in what a form shows selected', () => {
    expect(normalizeConfig(definition, {})).toEqual({ action: 'apply' });
    expect(conformConfig(definition, {})).toEqual({});
    expect(normalizeConfig(definition, { action: 'remove' })).toEqual({ action: 'remove' });
  });

  test('the received object is not changed', () => {
    const received = { list: 'a,b', rules: [{ name: '' }] };
    normalizeConfig(definition, received);
    expect(received).toEqual({ list: 'a,b', rules: [{ name: '' }] });
  });

  test.each([null, undefined, 'x', [1]])('%p is taken for an empty configuration', (raw) => {
    expect(conformConfig(definition, raw)).toEqual({});
  });
});

describe('judging a configuration', () => {
  test('defaults, cut fractions and trimmed names reach the helper', () => {
    expect(parseConfig(definition, { names: ' a ', count: '2.9', field: ' city ' })).toEqual({
      ok: true,
      config: {
        action: 'apply',
        names: ['a'],
        separator: ' ',
        count: 2,
        on: true,
        field: 'city',
        rules: [],
        steps: [],
      },
    });
  });

  test('missing values make a draft, impossible ones an error', () => {
    expect(configErrors(definition, {})).toEqual([{ field: 'names', code: 'missing', message: 'Required' }]);
    expect(configErrors(definition, { names: [] }).map(({ code }) => code)).toEqual(['missing']);
    expect(
      configErrors(definition, { names: ['a'], on: 'yes', action: 'toggle' }).map(({ field, code }) => [field, code]),
    ).toEqual([
      ['action', 'invalid'],
      ['on', 'invalid'],
    ]);
  });

  test('without what forms leave out the configuration alone counts', () => {
    expect(configErrors(definition, { names: ['a'] })).toEqual([]);
    expect(configErrors(definition, { names: ['a'] }, { preselect: false })).toEqual([
      { field: 'action', code: 'missing', message: 'Required' },
    ]);
  });

  test('paths lead to the value', () => {
    const [error] = configErrors(definition, { names: ['a'], rules: [{ limit: 'x' }] });
    expect(error).toMatchObject({ field: 'rules.0.limit', code: 'invalid' });
  });
});
