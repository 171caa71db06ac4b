import type { VendorClient } from '../_kit/call/vendor-client.js';
import type { ConnectorOperation } from '../_kit/port.js';
import { ask, LARGEST_PAGE, PATHS } from './objects.js';
import { Records, type OntraportRecord } from './schemas.js';

/** An endless list must not become an endless walk. */
const MOST_PAGES = 10_000;

export interface Walk {
  operation: ConnectorOperation;
  target: string;
  /** Without `start` and `range`. */
  query: Readonly<Record<string, string | number | undefined>>;
}

/** All records of a list, one page after the other; `enough` ends the walk after a page. */
export async function everyRecord(
  client: VendorClient,
  { operation, target, query }: Walk,
  enough: (page: readonly OntraportRecord[]) => boolean = () => false,
): Promise<OntraportRecord[]> {
  const records: OntraportRecord[] = [];
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const range = { start: page * LARGEST_PAGE, range: LARGEST_PAGE };
    const call = { operation, method: 'GET', path: PATHS.many, target, repeatable: true } as const;
    const { data } = await ask(client, { ...call, query: { ...query, ...range } }, Records);
    records.push(...data);
    if (data.length < LARGEST_PAGE || enough(data)) break;
  }
  return records;
}
