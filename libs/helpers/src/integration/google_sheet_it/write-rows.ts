import type { RunContext } from '../../_kit/run-context.js';
import type { SheetClient } from '../../_services/google-sheets/google-sheets-client.js';
import type { GoogleSheetItConfig } from './google-sheet-it.config.js';
import { arrange, positionsIn, type SheetColumn } from './sheet-columns.js';

type Context = RunContext<GoogleSheetItConfig>;

const chunksOf = <T>(rows: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(rows.length / size) }, (_, index) => rows.slice(index * size, (index + 1) * size));

const titles = (columns: readonly SheetColumn[]): string[] => columns.map(({ column }) => column);

/** The sheet holds these rows and nothing else. */
export async function replaceRows(
  context: Context,
  sheet: SheetClient,
  columns: readonly SheetColumn[],
  rows: readonly string[][],
): Promise<void> {
  const { chunk_size: size, include_headers: withHeader, spreadsheet_id: target } = context.config;
  const chunks = chunksOf([...(withHeader ? [titles(columns)] : []), ...rows], size);
  if (chunks.length === 0) chunks.push([]);
  for (const [index, chunk] of chunks.entries()) {
    const last = index === chunks.length - 1;
    await context.effect(
      { step: `replace-${index}`, operation: 'http', target, summary: `Write ${chunk.length} rows`, inDoubt: 'repeat' },
      () => sheet.replace(chunk, index * size, last),
    );
  }
}

/** Below the header, or for an empty sheet under the titles; the cells go where the sheet has their columns. */
export async function appendRows(
  context: Context,
  sheet: SheetClient,
  columns: readonly SheetColumn[],
  rows: readonly string[][],
): Promise<void> {
  const { chunk_size: size, include_headers: withHeader, spreadsheet_id: target } = context.config;
  const header = withHeader ? await context.remember('header', () => sheet.header()) : [];
  const isEmpty = header.every((title) => title === '');
  const positions = positionsIn(header, columns);
  const fits = positions.some((position) => position >= 0);
  const left = columns.filter((_, index) => (positions[index] ?? -1) < 0).map(({ column }) => column);
  if (fits && left.length > 0) context.warn(`The sheet has no column for ${left.join(', ')}.`);
  const arranged = fits ? rows.map((row) => arrange(row, positions)) : rows;
  const all = withHeader && isEmpty ? [titles(columns), ...arranged] : arranged;
  for (const [index, chunk] of chunksOf(all, size).entries()) {
    await context.effect(
      { step: `append-${index}`, operation: 'http', target, summary: `Append ${chunk.length} rows` },
      () => sheet.append(chunk),
    );
  }
}

/** Each contact in the row that has its key; new ones below the last row. */
export async function updateRows(
  context: Context,
  sheet: SheetClient,
  columns: readonly SheetColumn[],
  rows: readonly string[][],
): Promise<void> {
  const { key_column: key, spreadsheet_id: target } = context.config;
  const present = await context.remember('rows', () => sheet.rows());
  const header = present[0] ?? [];
  const [place = -1] = positionsIn(header, [{ column: key, field: key }]);
  const [own = -1] = positionsIn(titles(columns), [{ column: key, field: key }]);
  const normalized = (cell = ''): string => cell.trim().toLowerCase();
  const added: string[][] = [];
  for (const row of rows) {
    const wanted = normalized(row[own]);
    const index =
      place < 0 || wanted === '' ? -1 : present.findIndex((each, i) => i > 0 && normalized(each[place]) === wanted);
    if (index < 0) {
      added.push(row);
      continue;
    }
    const updated = arrange(row, positionsIn(header, columns), present[index]);
    await context.effect(
      { step: `update-${index}`, operation: 'http', target, summary: `Update row ${index + 1}`, inDoubt: 'repeat' },
      () => sheet.writeRow(index, updated),
    );
  }
  if (added.length > 0) await appendRows(context, sheet, columns, added);
}
