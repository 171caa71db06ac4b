import { describe, expect, it } from '@jest/globals';
import { bracketedForm, objectBody } from './read-body.js';

const form = (text: string) => bracketedForm(Buffer.from(text));

describe('a form with bracketed names', () => {
  it('becomes nested objects', () => {
    expect(
      form('type=update&contact%5Bid%5D=7&contact[fields][3]=a%20b&contact[fields][9]=c&list[]=x&list[]=y'),
    ).toEqual({
      type: 'update',
      contact: { id: '7', fields: { 3: 'a b', 9: 'c' } },
      list: { 0: 'x', 1: 'y' },
    });
  });

  it.each(['__proto__[admin]=1', 'a[constructor][prototype]=1', 'a[b][c][d][e][f]=1', ''])('refuses %p', (text) => {
    expect(() => form(text)).toThrow(expect.objectContaining({ status: 400 }));
  });

  it('refuses more fields than any vendor sends', () => {
    expect(() => form(Array.from({ length: 2001 }, (_, at) => `f${at}=1`).join('&'))).toThrow('body');
  });
});

it('refuses what is neither JSON nor a form', () => {
  expect(() => objectBody(Buffer.from('<a/>'), 'application/xml')).toThrow(expect.objectContaining({ status: 415 }));
  expect(() => objectBody(Buffer.from('[1]'), 'application/json')).toThrow(expect.objectContaining({ status: 400 }));
  const deep = Buffer.from(`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`);
  expect(() => objectBody(deep, 'application/json')).toThrow(expect.objectContaining({ status: 400 }));
});
