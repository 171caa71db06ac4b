/** A value that a spreadsheet would take for a formula; signed numbers and phone numbers are none. */
const FORMULA = /^(?:[=@\t\r]|[+-](?![\d\s().,/-]*$))/;

/** Shown as text by every spreadsheet, whatever somebody typed into a form. */
export const harmlessCell = (value: string): string => (FORMULA.test(value) ? `'${value}` : value);

function quoted(value: string, delimiter: string): string {
  const plain = !value.includes(delimiter) && !/["\r\n]/.test(value) && value === value.trim();
  return plain ? value : `"${value.replaceAll('"', '""')}"`;
}

/** Excel reads a file without this mark as Latin letters only. */
const BYTE_ORDER_MARK = '\uFEFF';
const isAscii = (text: string): boolean => /^\p{ASCII}*$/u.test(text);

/** Rows as CSV (RFC 4180); titles and values that look like formulas are made harmless. */
export function csvText(rows: readonly (readonly string[])[], delimiter: string): string {
  const lines = rows.map((cells) => cells.map((cell) => quoted(harmlessCell(cell), delimiter)).join(delimiter));
  const text = lines.map((line) => `${line}\r\n`).join('');
  return isAscii(text) ? text : `${BYTE_ORDER_MARK}${text}`;
}
