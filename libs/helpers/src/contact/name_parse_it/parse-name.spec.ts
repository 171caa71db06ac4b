import { expect, test } from '@jest/globals';
import { parseName, type ParsedName } from './parse-name.js';

test.each<[string, ParsedName]>([
  ['', {}],
  [' , ', {}],
  ['Prince', { first: 'Prince' }],
  ['Grace Hopper', { first: 'Grace', last: 'Hopper' }],
  ['Mary Ann van der Berg', { first: 'Mary', last: 'Ann van der Berg' }],
  [' Anna \u00a0\u3000 Lee ', { first: 'Anna', last: 'Lee' }],
  ['Smith Jr', { first: 'Smith', last: 'Jr' }],
  ['John Smith Jr.', { first: 'John', last: 'Smith', suffix: 'Jr.' }],
  ['John Smith Jr. M.D.', { first: 'John', last: 'Smith', suffix: 'Jr. M.D.' }],
  ['John Smith, Jr.', { first: 'John', last: 'Smith', suffix: 'Jr.' }],
  ['John Smith, M.D., Ph.D.', { first: 'John', last: 'Smith', suffix: 'M.D. Ph.D.' }],
  ['Madonna, PhD', { first: 'Madonna', suffix: 'PhD' }],
  ['Lovelace, Ada', { first: 'Ada', last: 'Lovelace' }],
  ['van der Berg, Mary Ann', { first: 'Mary Ann', last: 'van der Berg' }],
  ['Smith Jr., John', { first: 'John', last: 'Smith', suffix: 'Jr.' }],
  ['Smith, John, Esq.', { first: 'John', last: 'Smith', suffix: 'Esq.' }],
  ['Smith, Dr. John III', { title: 'Dr.', first: 'John', last: 'Smith', suffix: 'III' }],
  ['Dr. John Smith', { title: 'Dr.', first: 'John', last: 'Smith' }],
  ['Prof. Dr. Emmy Noether', { title: 'Prof. Dr.', first: 'Emmy', last: 'Noether' }],
  ['MRS SMITH', { title: 'MRS', last: 'SMITH' }],
  ['Dr.', { first: 'Dr.' }],
  ['李 小龙', { first: '李', last: '小龙' }],
])('%j is %j', (text, expected) => {
  expect(parseName(text)).toEqual(expected);
});
