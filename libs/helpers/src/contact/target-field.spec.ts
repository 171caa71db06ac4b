import { describe, expect, test } from '@jest/globals';
import { convertValue } from './target-field.js';

const field = (fieldType: string) => ({ id: '1', key: 'f', label: 'F', field_type: fieldType });

describe('convertValue', () => {
  test.each([
    [['a', 'b'], 'Text', 'a, b'],
    [['a', 'b'], 'MultiSelect', ['a', 'b']],
    ['Yes', 'YesNo', true],
    ['1,234.50', 'Currency', 1234.5],
    ['Mar 5, 2026', 'Date', '2026-03-05'],
    [12, 'Text', 12],
    ['x', 'SomethingElse', 'x'],
  ])('%j for a field of type %s is %j', (value, type, expected) => {
    expect(convertValue(value, field(type))).toEqual(expected);
  });

  test('a field that nobody defined takes the value as it is', () => {
    expect(convertValue(['a'], undefined)).toEqual(['a']);
  });

  test.each([
    ['maybe', 'YesNo'],
    ['many', 'WholeNumber'],
    ['soon', 'Date'],
    [['1'], 'Number'],
  ])('%j cannot be written to a field of type %s', (value, type) => {
    expect(() => convertValue(value, field(type))).toThrow(type);
  });
});
