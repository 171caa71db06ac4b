import type { VendorClient } from '../_kit/call/vendor-client.js';
import type { ConnectionMemory } from '../_kit/connection-memory.js';
import { refuse } from '../_kit/refuse.js';
import { ask, OBJECT, PATHS, recordNumber, tell } from './objects.js';
import { Attributes } from './schemas.js';

const operation = 'triggerAutomation';

/** Legacy sequences have a word of their own and are not reached by this one. */
const AUTOMATIONS = 'Campaign';

/**
 * Puts a contact into an automation. Repeatable: who is in it stays in it.
 * Ontraport takes any number and answers that it will see to it, so the automation is looked up first, once in a while.
 * @param contact reads the contact, for the same reason
 */
export async function addToAutomation(
  client: VendorClient,
  memory: ConnectionMemory,
  contactId: string,
  automationId: string,
  contact: () => Promise<unknown>,
): Promise<void> {
  const ids = recordNumber(client, operation, 'contact', contactId);
  const add_list = recordNumber(client, operation, 'automation', automationId.trim());
  await contact();
  await memory.recall(`ontraport automation ${add_list}`, () => readAutomation(client, add_list));
  await tell(client, {
    operation,
    method: 'PUT',
    path: PATHS.subscriptions,
    target: `automations/${add_list}`,
    json: { objectID: OBJECT.contact, ids, add_list, sub_type: AUTOMATIONS },
    repeatable: true,
  });
}

async function readAutomation(client: VendorClient, id: string): Promise<true> {
  const { data } = await ask(
    client,
    {
      operation,
      method: 'GET',
      path: PATHS.one,
      target: `automations/${id}`,
      query: { objectID: OBJECT.automation, id },
      repeatable: true,
    },
    Attributes,
  );
  if (data['id'] !== undefined) return true;
  throw refuse(client.platform, operation, 'not_found', `Automation ${id} does not exist`, true);
}
