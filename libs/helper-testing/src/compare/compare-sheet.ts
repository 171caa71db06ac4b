import type { Expectation } from '../vector-case.js';
import type { World } from '../world/world.js';
import { compareValues } from './compare-values.js';

/** Empty cells at the end of a row are no cells. */
const trimmed = (rows: readonly (readonly string[])[]): string[][] =>
  rows.map((row) => row.slice(0, row.findLastIndex((cell) => cell !== '') + 1));

/** Compares what the spreadsheet of a case holds after the run. */
export function compareSheet({ sheet_after: expected }: Expectation, { sheets }: World): string[] {
  return expected === undefined ? [] : compareValues(trimmed(expected), trimmed(sheets?.rows ?? []), 'sheet_after');
}
