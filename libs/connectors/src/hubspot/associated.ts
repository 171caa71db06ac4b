import type { VendorClient } from '../_kit/call/vendor-client.js';
import type { ConnectorOperation } from '../_kit/port.js';
import { readBatch } from './batch.js';
import { paths } from './paths.js';
import { AssociatedPage, type HubspotObject } from './schemas.js';

const LARGEST_PAGE = 500;
const MOST_PAGES = 100;

/**
 * The notes or deals of a contact. By way of their associations: a search would miss what was written in the last
 * seconds.
 */
export async function associatedRecords(
  client: VendorClient,
  operation: ConnectorOperation,
  contactId: string,
  type: 'notes' | 'deals',
  properties: readonly string[],
): Promise<HubspotObject[]> {
  const ids: string[] = [];
  let after: string | undefined;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const { results, paging } = await client.call({
      operation,
      method: 'GET',
      path: paths.associated(contactId, type),
      target: `contacts/${contactId}/${type}`,
      query: { limit: LARGEST_PAGE, after },
      repeatable: true,
      answer: AssociatedPage,
    });
    ids.push(...results.map(({ toObjectId }) => toObjectId));
    after = paging?.next?.after;
    if (after === undefined) break;
  }
  return readBatch(client, operation, paths.objectBatch(type), ids, properties);
}
