/** Loaded with the first workbook: it is as large as all helper types together. */
const library = () => import('write-excel-file/universal');

const LONGEST_CELL = 32_767;
/** Without the characters that no XML may hold. */
const fit = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\p{Cc}/gu, (character) => ('\t\n\r'.includes(character) ? character : ''))
    .replace(/[\uFFFE\uFFFF]/g, '')
    .slice(0, LONGEST_CELL);

/** Rows as an Excel workbook. Every cell is text, so that no value is read as a formula or a date. */
export async function workbook(rows: readonly (readonly string[])[]): Promise<Uint8Array> {
  const cells = rows.map((row) => row.map((value) => ({ type: String, value: fit(value) })));
  const { default: writeXlsxFile } = await library();
  const blob = await writeXlsxFile(cells, { sheet: 'Contacts' }).toBlob();
  return new Uint8Array(await blob.arrayBuffer());
}
