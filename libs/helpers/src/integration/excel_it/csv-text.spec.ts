import { expect, test } from '@jest/globals';
import { csvText, harmlessCell } from './csv-text.js';

test.each(['=1+1', '@SUM(A1)', '+cmd|calc', '-2+cmd', '\t=1', '-A1'])('%j is made harmless', (value) => {
  expect(harmlessCell(value)).toBe(`'${value}`);
});

test.each(['+15551234567', '-12.5', '+1 (555) 123-4567', 'a=b', '', '1=1'])('%j stays', (value) => {
  expect(harmlessCell(value)).toBe(value);
});

test('quotes what would break a row', () => {
  const rows = [['a,b', 'say "hi"', 'x\ny', 'x\ry', ' x', 'a;b']];
  expect(csvText(rows, ',')).toBe('"a,b","say ""hi""","x\ny","x\ry"," x",a;b\r\n');
  expect(csvText(rows, ';')).toContain('"a;b"');
});

test('marks text in other than Latin letters', () => {
  expect(csvText([['é']], ',')).toBe('\uFEFFé\r\n');
  expect(csvText([['e']], ',')).toBe('e\r\n');
});
