import { HelperFailure } from '../helper-failure.js';
import type { StoredFile } from '../outside-ports.js';
import { extensionOf } from './file-name.js';

/** What computers run when somebody opens it. */
const PROGRAMS: ReadonlySet<string> = new Set(
  'apk app bat cmd com cpl dll dmg elf exe hta jar js jse lnk msi msp pif ps1 reg scr sh vb vbe vbs wsf wsh'.split(' '),
);
const PROGRAM_BEGINNINGS = ['MZ', '\u007fELF', '#!', '\u00ca\u00fe\u00ba\u00be', '\u00cf\u00fa\u00ed\u00fe'];

const mediaType = (contentType: string): string => contentType.split(';')[0]?.trim().toLowerCase() ?? '';

function isProgram({ name, bytes }: StoredFile): boolean {
  const beginning = Array.from(bytes.subarray(0, 4), (byte) => String.fromCharCode(byte)).join('');
  return PROGRAMS.has(extensionOf(name)) || PROGRAM_BEGINNINGS.some((each) => beginning.startsWith(each));
}

/** `pdf`, `.pdf`, `application/pdf` and `image/*` all name kinds of files. */
function isOfKind(file: StoredFile, kind: string): boolean {
  const wanted = kind.trim().toLowerCase().replace(/^\./, '');
  if (!wanted.includes('/')) return extensionOf(file.name) === wanted;
  const type = mediaType(file.contentType);
  return wanted.endsWith('/*') ? type.startsWith(wanted.slice(0, -1)) : type === wanted;
}

/**
 * Programs are never taken, whatever they are called; other files when their kind is allowed.
 * @param allowed extensions or media types; empty: all
 * @throws HelperFailure `file_type_refused`
 */
export function checkFileKind(file: StoredFile, allowed: readonly string[]): void {
  if (isProgram(file)) {
    throw new HelperFailure('file_type_refused', 'give_up', `${file.name} is a program: programs are not taken.`);
  }
  if (allowed.length > 0 && !allowed.some((kind) => isOfKind(file, kind))) {
    throw new HelperFailure('file_type_refused', 'give_up', `${file.name} is none of ${allowed.join(', ')}.`);
  }
}

const MIB = 1024 * 1024;

/** @throws HelperFailure `file_too_large` */
export function checkSize({ name, bytes }: StoredFile, maxMib: number): void {
  if (bytes.byteLength <= maxMib * MIB) return;
  throw new HelperFailure('file_too_large', 'give_up', `${name} has more than ${maxMib} MiB.`);
}
