import { refuse } from '../_kit/refuse.js';
import type { VendorClient } from '../_kit/call/vendor-client.js';
import type { ConnectorOperation } from '../_kit/port.js';
import type { Outcome } from './schemas.js';

/** A status of 200 does not say that it was done: the body does. @throws ConnectorError `validation` */
export function mustSucceed(
  client: VendorClient,
  operation: ConnectorOperation,
  { succeded, succeeded }: Outcome,
): void {
  if (succeded !== false && succeeded !== false) return;
  throw refuse(client.platform, operation, 'validation', 'GoHighLevel answered that it did not do this', true);
}
