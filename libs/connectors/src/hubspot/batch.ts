import type { VendorClient } from '../_kit/call/vendor-client.js';
import type { VendorPath } from '../_kit/call/vendor-path.js';
import type { ConnectorOperation } from '../_kit/port.js';
import { refuse } from '../_kit/refuse.js';
import { kindOfCategory } from './dialect.js';
import { ObjectBatch, type HubspotObject } from './schemas.js';

/** Most records that one batch may name. */
export const LARGEST_BATCH = 100;

/**
 * Records by their ids, in that order; those that are gone are left out.
 * @throws ConnectorError for a failure that the vendor reports inside its success (207)
 */
export async function readBatch(
  client: VendorClient,
  operation: ConnectorOperation,
  path: VendorPath,
  ids: readonly string[],
  properties: readonly string[],
): Promise<HubspotObject[]> {
  const found = new Map<string, HubspotObject>();
  for (let at = 0; at < ids.length; at += LARGEST_BATCH) {
    const inputs = ids.slice(at, at + LARGEST_BATCH).map((id) => ({ id }));
    const { results, errors, numErrors } = await client.call({
      operation,
      method: 'POST',
      path,
      target: path.text.slice(1),
      json: { inputs, properties },
      repeatable: true,
      answer: ObjectBatch,
    });
    const failure = failureIn(errors ?? [], numErrors ?? 0);
    if (failure !== undefined) {
      const message = `HubSpot could not read all records${failure === '' ? '' : ` (${failure})`}`;
      throw refuse(client.platform, operation, kindOfCategory(failure) ?? 'server', message, true);
    }
    for (const record of results) found.set(record.id, record);
  }
  return ids.flatMap((id) => found.get(id) ?? []);
}

/** The category of a failure other than that a record is gone; undefined when there is none. */
function failureIn(errors: readonly { category?: string | null | undefined }[], count: number): string | undefined {
  const failure = errors.find(({ category }) => kindOfCategory(category) !== 'not_found');
  if (failure !== undefined) return failure.category ?? '';
  return count > 0 && errors.length === 0 ? '' : undefined;
}
