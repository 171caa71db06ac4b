import type { VendorClient } from '../_kit/call/vendor-client.js';
import { refuse } from '../_kit/refuse.js';
import { paths } from './paths.js';

const operation = 'triggerAutomation';

/**
 * Puts a contact into a workflow. Only contact workflows with enrolment by hand can be told so, by an id that is
 * not the one of the newer flows. Not repeatable: a workflow that may be entered again starts anew.
 * @param address the vendor's call knows contacts by address only
 */
export async function enrol(
  client: VendorClient,
  contactId: string,
  address: string | undefined,
  workflow: string,
): Promise<void> {
  if (address === undefined) {
    const message = `Contact ${contactId} has no e-mail address, and HubSpot enrols contacts by their address`;
    throw refuse(client.platform, operation, 'validation', message);
  }
  await client.call<void>({
    operation,
    method: 'POST',
    path: paths.enrolment(workflow, address),
    target: `workflows/${workflow}/contacts/${contactId}`,
    repeatable: false,
  });
}

/** @throws ConnectorError `validation` for a text that names no workflow */
export function workflowOf(client: VendorClient, automation: string): string {
  const id = automation.trim();
  if (/^\d{1,20}$/.test(id)) return id;
  throw refuse(client.platform, operation, 'validation', 'An automation is named by the number of its workflow');
}
