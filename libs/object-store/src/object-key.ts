const SEGMENT = /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,200}$/;

/** Whether a text can be a key: no part of it leads out of the store. */
export const isObjectKey = (key: string): boolean =>
  key.length <= 900 && key.split('/').every((segment) => SEGMENT.test(segment));

/** A text as one segment of a key: letters, digits, dots and dashes stay. */
export function keySegment(text: string): string {
  const tame = text
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9.-]+/g, '_')
    .replace(/^\.+/, '_')
    .slice(-120);
  return tame === '' ? '_' : tame;
}

/** What the keys of an account's files begin with, and nobody else's. */
export const accountFolder = (accountId: string): string => keySegment(accountId);

/** Key of an account's file: nobody else's files begin with the same segment. */
export const objectKey = (accountId: string, folder: string, name: string): string =>
  [accountFolder(accountId), keySegment(folder), keySegment(name)].join('/');

/** Whether a key is one of this account's. */
export const belongsTo = (key: string, accountId: string): boolean =>
  isObjectKey(key) && key.startsWith(`${accountFolder(accountId)}/`);
