import { firstGraphemes, graphemes } from '../../_kit/text/characters.js';

export const OPERATIONS = [
  'prepend',
  'append',
  'replace',
  'remove',
  'truncate',
  'extract_email_domain',
  'extract_numbers',
  'slug',
  'reverse',
] as const;
export type Operation = (typeof OPERATIONS)[number];

/** Operations with a text of their own. */
export const NEEDS_VALUE: ReadonlySet<Operation> = new Set(['prepend', 'append', 'replace', 'remove']);

export interface Operands {
  value: string;
  replaceWith: string;
  maxLength: number;
}

const replaced = (text: string, search: string, replacement: string): string =>
  search === '' ? text : text.split(search).join(replacement);

/** A full stop counts only between two digits. */
const numbers = (text: string): string => (text.match(/[0-9]+(?:\.[0-9]+)*/g) ?? []).join('');

function slug(text: string): string {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
  return plain
    .split(/[^a-z0-9]+/)
    .filter((part) => part !== '')
    .join('-');
}

function emailDomain(text: string): string | null {
  const [, domain = '', ...more] = text.split('@');
  return domain === '' || more.length > 0 ? null : domain;
}

/** @returns null when the text holds nothing to extract */
export function operate(operation: Operation, text: string, { value, replaceWith, maxLength }: Operands) {
  switch (operation) {
    case 'prepend':
      return value + text;
    case 'append':
      return text + value;
    case 'replace':
      return replaced(text, value, replaceWith);
    case 'remove':
      return replaced(text, value, '');
    case 'truncate':
      return text.length <= maxLength ? text : firstGraphemes(text, maxLength);
    case 'extract_email_domain':
      return emailDomain(text);
    case 'extract_numbers':
      return numbers(text);
    case 'slug':
      return slug(text);
    case 'reverse':
      return graphemes(text).reverse().join('');
  }
}
