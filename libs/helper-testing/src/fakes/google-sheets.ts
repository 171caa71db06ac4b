import type { HelperHttpRequest, HelperHttpResponse } from '#helpers';

const ORIGIN = 'https://sheets.googleapis.com/';
const TITLE = 'Sheet1';

interface CellsUpdate {
  range?: { startRowIndex?: number; endRowIndex?: number };
  rows?: { values?: { userEnteredValue?: { stringValue?: string } }[] }[];
}

interface UpdateRequest {
  appendDimension?: { dimension: 'ROWS' | 'COLUMNS'; length: number };
  updateCells?: CellsUpdate;
}

class Refused extends Error {}

/** Whether a request is one to Google Sheets. */
export const isForSheets = (url: string): boolean => url.startsWith(ORIGIN);

/** A spreadsheet with one tab that understands the calls of Google Sheets' API which helpers make. */
export class GoogleSheetsFake {
  /** Every row, with the empty cells inside it. */
  rows: string[][];
  readonly #sheetId: number;
  #rowCount = 1000;
  #columnCount = 26;

  constructor(rows: readonly (readonly string[])[], sheetId = 0) {
    this.rows = rows.map((row) => [...row]);
    this.#sheetId = sheetId;
  }

  /** @returns null when the request is for somebody else */
  respond({ method, url, headers = {}, body = '' }: HelperHttpRequest): HelperHttpResponse | null {
    if (!isForSheets(url)) return null;
    if (headers['Authorization'] === undefined) return answer(401, { error: { status: 'UNAUTHENTICATED' } });
    const { pathname, searchParams } = new URL(url);
    const path = decodeURIComponent(pathname.replace(/^\/v4\/spreadsheets\/[^/:]+/, ''));
    try {
      return answer(200, this.#handle(method, path, searchParams, String(body)));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return answer(400, { error: { status: 'INVALID_ARGUMENT', message: error.message } });
    }
  }

  #handle(method: string, path: string, query: URLSearchParams, body: string): unknown {
    const values = (): string[][] => (JSON.parse(body) as { values: string[][] }).values;
    if (method === 'GET' && path === '') return this.#properties();
    if (method === 'POST' && path === ':batchUpdate') {
      for (const request of (JSON.parse(body) as { requests: UpdateRequest[] }).requests) this.#update(request);
      return {};
    }
    if (method === 'GET' && path.startsWith('/values/')) return this.#values(rangeOf(path));
    if (query.get('valueInputOption') !== 'RAW') throw new Refused('values would be interpreted');
    if (method === 'PUT' && path.startsWith('/values/')) {
      const start = rangeOf(path);
      for (const [index, row] of values().entries()) this.#write((start ?? 1) - 1 + index, row);
      return {};
    }
    if (method === 'POST' && path.endsWith(':append') && query.get('insertDataOption') === 'INSERT_ROWS') {
      this.rows.push(...values().map((row) => [...row]));
      return {};
    }
    throw new Refused(`${method} ${path} is not known here`);
  }

  #properties(): unknown {
    const gridProperties = { rowCount: this.#rowCount, columnCount: this.#columnCount };
    return { sheets: [{ properties: { sheetId: this.#sheetId, title: TITLE, gridProperties } }] };
  }

  /** All values, or those of one row; as in the real answer, empty rows at the end are missing. */
  #values(row: number | undefined): unknown {
    const found = row === undefined ? this.rows : this.rows.slice(row - 1, row);
    const last = found.findLastIndex((each) => each.some((cell) => cell !== ''));
    return last < 0 ? {} : { values: found.slice(0, last + 1) };
  }

  #update({ appendDimension: more, updateCells: cells }: UpdateRequest): void {
    if (more?.dimension === 'ROWS') this.#rowCount += more.length;
    if (more?.dimension === 'COLUMNS') this.#columnCount += more.length;
    if (cells === undefined) return;
    const { startRowIndex: start = 0, endRowIndex: end = this.#rowCount } = cells.range ?? {};
    const rows = (cells.rows ?? []).map(({ values = [] }) =>
      values.map(({ userEnteredValue }) => userEnteredValue?.stringValue ?? ''),
    );
    if (end > this.#rowCount || start + rows.length > end) throw new Refused('outside of the grid');
    if (rows.some((row) => row.length > this.#columnCount)) throw new Refused('outside of the grid');
    const below = this.rows.slice(end);
    const kept = Array.from({ length: start }, (_, index) => this.rows[index] ?? []);
    const gap = below.length === 0 ? [] : Array.from({ length: end - start - rows.length }, () => []);
    this.rows = [...kept, ...rows, ...gap, ...below];
  }

  #write(index: number, row: readonly string[]): void {
    while (this.rows.length <= index) this.rows.push([]);
    const before = this.rows[index] ?? [];
    this.rows[index] = [...row, ...before.slice(row.length)];
  }
}

/** The row that a range in A1 notation begins with; none: the whole tab. */
function rangeOf(path: string): number | undefined {
  const match = /^\/values\/'Sheet1'(?:!A?(\d+)(?::\d+)?)?(?::append)?$/.exec(path);
  if (match === null) throw new Refused(`${path} names no range of this spreadsheet`);
  return match[1] === undefined ? undefined : Number(match[1]);
}

function answer(status: number, body: unknown): HelperHttpResponse {
  const text = JSON.stringify(body);
  return { status, headers: { 'content-type': 'application/json' }, text, bytes: Buffer.from(text) };
}
