import { HelperFailure } from '../../_kit/helper-failure.js';
import type { RunContext } from '../../_kit/run-context.js';
import { fieldText } from '../../_kit/text/field-text.js';
import { bearer, openService, pathSegment } from '../service-client.js';

/** Which tab of which spreadsheet. */
export interface SheetPlace {
  spreadsheetId: string;
  /** The tab by number or by title; neither: the first. */
  sheetId?: number | undefined;
  title?: string | undefined;
}

/** One tab. Everything is written as text, so that nothing becomes a formula, a date or another number. */
export interface SheetClient {
  readonly sheetId: number;
  /** The first row; empty when there is nothing in it. */
  header(): Promise<string[]>;
  rows(): Promise<string[][]>;
  /** Writes rows from `start` on, and clears the rest of those rows; with `last` everything below, too. */
  replace(rows: readonly string[][], start: number, last: boolean): Promise<void>;
  /** Adds rows below the last one. Not repeatable. */
  append(rows: readonly string[][]): Promise<void>;
  /** Writes one row, counted from 0, from its first cell on. */
  writeRow(index: number, row: readonly string[]): Promise<void>;
}

interface Tab {
  sheetId: number;
  title: string;
  rowCount: number;
  columnCount: number;
}

const object = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

const count = (value: unknown): number => (typeof value === 'number' ? value : 0);

function tabsIn(answer: Record<string, unknown>): Tab[] {
  const sheets: unknown[] = Array.isArray(answer['sheets']) ? answer['sheets'] : [];
  return sheets.map((sheet) => {
    const properties = object(object(sheet)['properties']);
    const grid = object(properties['gridProperties']);
    return {
      sheetId: count(properties['sheetId']),
      title: fieldText(properties['title']),
      rowCount: count(grid['rowCount']),
      columnCount: count(grid['columnCount']),
    };
  });
}

function rowsIn(answer: Record<string, unknown>): string[][] {
  const rows: unknown[] = Array.isArray(answer['values']) ? answer['values'] : [];
  return rows.map((row) => (Array.isArray(row) ? row.map(fieldText) : []));
}

const cells = (row: readonly string[]) => ({
  values: row.map((text) => ({ userEnteredValue: { stringValue: text } })),
});

/**
 * Opens a tab with the account's Google Sheets.
 * @param connectionId used when `service_connection_ids` names none
 * @throws HelperFailure `service_not_connected`, `upstream_error`, `invalid_config_at_run` when there is no such tab
 */
export async function openSheet(
  context: Pick<RunContext<unknown>, 'http' | 'services' | 'crypto' | 'clock'>,
  { spreadsheetId, sheetId, title }: SheetPlace,
  connectionId?: string,
): Promise<SheetClient> {
  const client = await openService(
    context,
    { slug: 'google_sheets', name: 'Google Sheets', baseUrl: 'https://sheets.googleapis.com/v4', sign: bearer },
    connectionId,
  );
  const path = `spreadsheets/${pathSegment(spreadsheetId)}`;
  const properties = await client.call({ method: 'GET', path, query: { fields: 'sheets.properties' } });
  const tabs = tabsIn(properties.json());
  const found = tabs.find(
    (tab) => (sheetId === undefined || tab.sheetId === sheetId) && (title === undefined || tab.title === title),
  );
  if (found === undefined) {
    const known = tabs.map((tab) => `"${tab.title}"`).join(', ');
    throw new HelperFailure('invalid_config_at_run', 'give_up', `The spreadsheet has no such tab; it has ${known}.`);
  }
  const tab = found;
  const range = (part = ''): string => encodeURIComponent(`'${tab.title.replaceAll("'", "''")}'${part}`);

  /** What makes the tab large enough. */
  function growth(rows: number, columns: number): unknown[] {
    const requests: unknown[] = [];
    const grow = (dimension: 'ROWS' | 'COLUMNS', length: number): void => {
      if (length > 0) requests.push({ appendDimension: { sheetId: tab.sheetId, dimension, length } });
    };
    grow('ROWS', rows - tab.rowCount);
    grow('COLUMNS', columns - tab.columnCount);
    tab.rowCount = Math.max(tab.rowCount, rows);
    tab.columnCount = Math.max(tab.columnCount, columns);
    return requests;
  }

  return {
    sheetId: tab.sheetId,
    async header() {
      const answer = await client.call({ method: 'GET', path: `${path}/values/${range('!1:1')}` });
      return rowsIn(answer.json())[0] ?? [];
    },
    async rows() {
      return rowsIn((await client.call({ method: 'GET', path: `${path}/values/${range()}` })).json());
    },
    async replace(rows, start, last) {
      const end = start + rows.length;
      const width = rows.reduce((widest, row) => Math.max(widest, row.length), 0);
      const area = { sheetId: tab.sheetId, startRowIndex: start, ...(last ? {} : { endRowIndex: end }) };
      // Cells of the area that no row covers are cleared in the same step: nobody ever sees a half-written sheet.
      const write = { updateCells: { range: area, rows: rows.map(cells), fields: 'userEnteredValue' } };
      const requests = [...growth(end, width), write];
      await client.call({ method: 'POST', path: `${path}:batchUpdate`, json: { requests } });
    },
    async append(rows) {
      const query = { valueInputOption: 'RAW', insertDataOption: 'INSERT_ROWS' };
      await client.call({ method: 'POST', path: `${path}/values/${range()}:append`, query, json: { values: rows } });
    },
    async writeRow(index, row) {
      const query = { valueInputOption: 'RAW' };
      const target = `${path}/values/${range(`!A${index + 1}`)}`;
      await client.call({ method: 'PUT', path: target, query, json: { values: [row] } });
    },
  };
}
