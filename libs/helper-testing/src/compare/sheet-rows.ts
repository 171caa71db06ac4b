import { inflateRawSync } from 'node:zlib';

const CENTRAL_ENTRY = 0x02014b50;
const DIRECTORY_END = 0x06054b50;

/** One file of a zip archive, found by its central directory. */
function unzipped(archive: Buffer, name: string): string {
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || archive.readUInt32LE(end) !== DIRECTORY_END) throw new Error('The workbook is no zip archive');
  let at = archive.readUInt32LE(end + 16);
  while (archive.readUInt32LE(at) === CENTRAL_ENTRY) {
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => archive.readUInt16LE(at + offset));
    const entry = archive.toString('utf8', at + 46, at + 46 + (nameLength ?? 0));
    if (entry === name) return content(archive, at);
    at += 46 + (nameLength ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
  return '';
}

function content(archive: Buffer, entry: number): string {
  const [method, size, offset] = [
    archive.readUInt16LE(entry + 10),
    archive.readUInt32LE(entry + 20),
    archive.readUInt32LE(entry + 42),
  ];
  const start = offset + 30 + archive.readUInt16LE(offset + 26) + archive.readUInt16LE(offset + 28);
  const packed = archive.subarray(start, start + size);
  return (method === 0 ? packed : inflateRawSync(packed)).toString('utf8');
}

const unescaped = (xml: string): string =>
  xml.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');

const texts = (xml: string, tag: string): string[] =>
  [...xml.matchAll(new RegExp(`<${tag}(?:\\s[^>]*)?(?:/>|>(.*?)</${tag}>)`, 'gs'))].map((match) => match[1] ?? '');

const plain = (xml: string): string => unescaped(texts(xml, 't').join(''));

/** `C7` is in the third column. */
function columnOf(reference: string): number {
  const letters = /^[A-Z]+/.exec(reference)?.[0] ?? '';
  return [...letters].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

function cellText(marks: string, cell: string, shared: readonly string[]): string {
  const value = unescaped(texts(cell, 'v')[0] ?? '');
  if (/\bt="s"/.test(marks)) return shared[Number(value)] ?? '';
  return /\bt="inlineStr"/.test(marks) ? plain(cell) : value;
}

/** The cells of a workbook's first sheet, as text, row by row; trailing empty ones are left out. */
export function sheetRows(workbook: Uint8Array): string[][] {
  const archive = Buffer.from(workbook);
  const shared = texts(unzipped(archive, 'xl/sharedStrings.xml'), 'si').map(plain);
  return texts(unzipped(archive, 'xl/worksheets/sheet1.xml'), 'row').map((row) => {
    const cells: string[] = [];
    for (const { groups = {} } of row.matchAll(/<c(?<marks>\s[^>]*?)?(?:\/>|>(?<cell>.*?)<\/c>)/gs)) {
      const { marks = '', cell = '' } = groups;
      const reference = /\br="([A-Z]+\d+)"/.exec(marks)?.[1];
      const column = reference === undefined ? cells.length : columnOf(reference);
      while (cells.length < column) cells.push('');
      cells.push(cellText(marks, cell, shared));
    }
    return cells;
  });
}
