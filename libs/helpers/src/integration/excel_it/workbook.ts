import writeXlsxFile from 'write-excel-file/universal';

const LONGEST_CELL = 32_767;
/** Control characters that no XML may hold. */
const UNFIT = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;

/** Rows as an Excel workbook. Every cell is text, so that no value is read as a formula or a date. */
export async function workbook(rows: readonly (readonly string[])[]): Promise<Uint8Array> {
  const cells = rows.map((row) =>
    row.map((value) => ({ type: String, value: value.toWellFormed().replace(UNFIT, '').slice(0, LONGEST_CELL) })),
  );
  const blob = await writeXlsxFile(cells, { sheet: 'Contacts' }).toBlob();
  return new Uint8Array(await blob.arrayBuffer());
}
