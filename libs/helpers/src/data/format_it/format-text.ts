import { titleCase } from './title-case.js';

export const FORMATS = [
  'uppercase',
  'lowercase',
  'title_case',
  'trim',
  'trim_uppercase',
  'trim_lowercase',
  'trim_title_case',
] as const;
export type TextFormat = (typeof FORMATS)[number];

const trimmed = (text: string): string => text.replace(/^\p{White_Space}+|\p{White_Space}+$/gu, '');

/** Formats a text; case mapping is that of Unicode, in no particular language. */
export function formatText(text: string, format: TextFormat): string {
  const source = format.startsWith('trim') ? trimmed(text) : text;
  switch (format) {
    case 'uppercase':
    case 'trim_uppercase':
      return source.toUpperCase();
    case 'lowercase':
    case 'trim_lowercase':
      return source.toLowerCase();
    case 'title_case':
    case 'trim_title_case':
      return titleCase(source);
    case 'trim':
      return source;
  }
}
