import type { CheckedMailVariables, MailTemplateId } from '#contracts';

/** What every mail knows beside its own variables. */
export interface MailSurroundings {
  productName: string;
  /** Where the web client lives, without a slash at the end. */
  appUrl: string;
  supportAddress: string;
  helpUrl: string;
  /** Address that the mail goes to. */
  recipient: string;
  /** Ends mails of this kind; only for optional ones. */
  unsubscribeUrl?: string;
  now: Date;
}

/** A mail in its parts: HTML and text are both made of them, so they cannot say different things. */
export type MailBlock =
  | { kind: 'paragraph'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'button'; label: string; url: string }
  | { kind: 'facts'; facts: readonly (readonly [name: string, value: string])[] }
  | { kind: 'note'; text: string };

export interface MailContent {
  subject: string;
  heading: string;
  blocks: readonly MailBlock[];
}

export type MailWriter<Id extends MailTemplateId> = (
  variables: CheckedMailVariables<Id>,
  surroundings: MailSurroundings,
) => MailContent;

/** The writers of some templates; leaving one out, or misreading a variable, does not compile. */
export type MailWriters<Id extends MailTemplateId> = { readonly [Key in Id]: MailWriter<Key> };

export const paragraph = (text: string): MailBlock => ({ kind: 'paragraph', text });
export const code = (text: string): MailBlock => ({ kind: 'code', text });
export const button = (label: string, url: string): MailBlock => ({ kind: 'button', label, url });
export const note = (text: string): MailBlock => ({ kind: 'note', text });

/** A small table; rows without a value are left out, and a table without rows is nothing. */
export function facts(...rows: readonly (readonly [name: string, value: string | undefined])[]): MailBlock[] {
  const known = rows.filter((row): row is readonly [string, string] => row[1] !== undefined && row[1] !== '');
  return known.length > 0 ? [{ kind: 'facts', facts: known }] : [];
}

/** A block for a value that may be missing. */
export const when = <T>(value: T | undefined, block: (value: T) => MailBlock): MailBlock[] =>
  value === undefined ? [] : [block(value)];

export const greeting = (name: string | undefined): MailBlock =>
  paragraph(name === undefined || name === '' ? 'Hello,' : `Hello ${name},`);
