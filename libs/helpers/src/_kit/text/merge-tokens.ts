import { fieldText } from './field-text.js';
import { escapes, type EscapeContext } from './escapes.js';

/** Ways to write a token: `{{Field}}`, `{field}`, `@Field`. A type's specification says which ones it reads. */
export type TokenSpelling = 'double' | 'single' | 'at';

const PATTERNS: Readonly<Record<TokenSpelling, string>> = {
  double: String.raw`\{\{\s*(?<double>[^{}]*?)\s*\}\}`,
  single: String.raw`\{(?<single>[A-Za-z_][\w.-]*)\}`,
  at: String.raw`(?<![\w@.])@(?<at>[A-Za-z_]\w*)`,
};

export interface MergeOptions {
  spellings?: readonly TokenSpelling[];
  /** Where the text goes. */
  context?: EscapeContext;
  /** What happens to a token that nothing is known by: it stays, becomes empty, or only the `@Field` form stays. */
  unknown?: 'keep' | 'empty' | 'keep_at';
}

/** The value of a token; undefined: there is none of that name. */
export type TokenLookup = (name: string) => unknown;

/** Double braces come first, so that `{{x}}` is never read as a braced `{x}`. */
function matcher(spellings: readonly TokenSpelling[]): RegExp {
  const order: TokenSpelling[] = ['double', 'single', 'at'];
  const used = order.filter((spelling) => spellings.includes(spelling));
  return new RegExp(used.map((spelling) => PATTERNS[spelling]).join('|'), 'gu');
}

const nameOf = (groups: Record<string, string | undefined>): string =>
  groups['double'] ?? groups['single'] ?? groups['at'] ?? '';

/** Names of the tokens in a template, each once. */
export function tokenNames(template: string, spellings: readonly TokenSpelling[] = ['double']): string[] {
  const names = [...template.matchAll(matcher(spellings))].map((match) => nameOf(match.groups ?? {}));
  return [...new Set(names)];
}

/**
 * Replaces the tokens of a template in one pass: a value that looks like a token is never read as one.
 * Known but empty values become the empty text.
 */
export function mergeTokens(template: string, lookup: TokenLookup, options: MergeOptions = {}): string {
  const { spellings = ['double'], context = 'text', unknown = 'empty' } = options;
  const escape = escapes[context];
  return template.replace(matcher(spellings), (token, ...rest) => {
    const value = lookup(nameOf(rest.at(-1) as Record<string, string | undefined>));
    if (value === undefined) return unknown === 'keep' || (unknown === 'keep_at' && token.startsWith('@')) ? token : '';
    return escape(fieldText(value));
  });
}
