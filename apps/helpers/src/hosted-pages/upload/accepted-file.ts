import { isProblem, Problem } from '#contracts';

/** Largest file, in bytes. */
export const MOST_FILE_BYTES = 10 * 1024 * 1024;
/** What the form around a file may add to it. */
export const MOST_UPLOAD_BYTES = MOST_FILE_BYTES + 64 * 1024;

export interface UploadedFile {
  name: string;
  contentType: string;
  bytes: Buffer;
}

/** Files that do something when they are opened. */
const ACTIVE_NAMES =
  /\.(?:exe|dll|com|scr|bat|cmd|ps1|vbs|vbe|js|jse|mjs|wsf|wsh|hta|msi|msp|jar|lnk|reg|sh|app|apk|dmg|iso|html?|xhtml|svg|php|cpl|pif)$/i;
const ACTIVE_BEGINNINGS: readonly Buffer[] = [
  Buffer.from('MZ'),
  Buffer.from('7f454c46', 'hex'),
  Buffer.from('cafebabe', 'hex'),
  Buffer.from('feedface', 'hex'),
  Buffer.from('feedfacf', 'hex'),
  Buffer.from('cffaedfe', 'hex'),
  Buffer.from('#!'),
];
const MARKUP = /^\s*(?:<!doctype html|<html|<script|<svg|<\?php)/i;

/** What the first bytes of a file must be for its name to be believed. */
const BEGINNINGS: Readonly<Record<string, readonly string[]>> = {
  pdf: ['25504446'],
  png: ['89504e47'],
  jpg: ['ffd8ff'],
  jpeg: ['ffd8ff'],
  gif: ['47494638'],
  zip: ['504b'],
  docx: ['504b'],
  xlsx: ['504b'],
  pptx: ['504b'],
};

const refuse = (message: string): Problem => new Problem(422, 'links.file_refused', message);

/** A name without folders, control characters or anything else that could lead somewhere. */
export function safeName(name: string): string {
  const base = name.split(/[\\/]/).at(-1) ?? '';
  const tame = base
    .replace(/[\p{C}<>:"|?*]/gu, '')
    .replace(/^\.+/, '')
    .trim()
    .slice(-120);
  return tame === '' ? 'file' : tame;
}

/**
 * Checks a file that somebody sent.
 * @throws Problem 413 when it is too large, 422 when it is empty, can run, or is not what its name says
 */
export function accepted({ name, contentType, bytes }: UploadedFile): UploadedFile {
  const file = { name: safeName(name), contentType, bytes };
  if (bytes.length === 0) throw refuse('The file is empty');
  if (bytes.length > MOST_FILE_BYTES) {
    throw new Problem(413, 'request.body_too_large', `The file is larger than ${MOST_FILE_BYTES / 1024 / 1024} MiB`);
  }
  const runs = ACTIVE_BEGINNINGS.some((beginning) => bytes.subarray(0, beginning.length).equals(beginning));
  if (runs || ACTIVE_NAMES.test(file.name) || MARKUP.test(bytes.subarray(0, 256).toString('latin1'))) {
    throw refuse('Programs and web pages are not accepted');
  }
  const ending = /\.([a-z0-9]+)$/i.exec(file.name)?.[1]?.toLowerCase() ?? '';
  const beginnings = BEGINNINGS[ending];
  const start = bytes.subarray(0, 8).toString('hex');
  if (beginnings !== undefined && !beginnings.some((beginning) => start.startsWith(beginning))) {
    throw refuse(`The file is not what its name says: it is no ${ending}`);
  }
  return file;
}

/** Who hands in a file is not the account and need not know its plan. */
export function refuseWithoutRoom(error: unknown): never {
  if (!isProblem(error) || error.code !== 'billing.limit_reached') throw error;
  throw refuse('There is no room for more files here; tell whoever gave you the link');
}
