import type { VendorClient } from '../_kit/call/vendor-client.js';
import { path } from '../_kit/call/vendor-path.js';
import { mustSucceed } from './outcome.js';
import { Outcome } from './schemas.js';

/** Not repeatable: a workflow may be set to take a contact in again. */
export async function addToWorkflow(client: VendorClient, contactId: string, workflowId: string): Promise<void> {
  const outcome = await client.call({
    operation: 'triggerAutomation',
    method: 'POST',
    path: path`/contacts/${contactId}/workflow/${workflowId.trim()}`,
    target: `contacts/${contactId}/workflow/${workflowId.trim()}`,
    json: {},
    repeatable: false,
    answer: Outcome,
  });
  mustSucceed(client, 'triggerAutomation', outcome);
}
