import type { VendorClient } from '../_kit/call/vendor-client.js';
import { path } from '../_kit/call/vendor-path.js';
import { refuse } from '../_kit/refuse.js';
import { LocationAnswer } from './schemas.js';

/** Reads the location: that tries the token and the location's id at once. */
export async function checkLocation(client: VendorClient): Promise<void> {
  const { location } = await client.call({
    operation: 'testConnection',
    method: 'GET',
    path: path`/locations/${client.accountId}`,
    target: 'location',
    repeatable: true,
    answer: LocationAnswer,
  });
  if ((location?.id ?? client.accountId) === client.accountId) return;
  throw refuse(client.platform, 'testConnection', 'validation', 'The token belongs to another location', true);
}
