import { path } from '../_kit/call/vendor-path.js';
import { refuse } from '../_kit/refuse.js';
import type { Caller } from './caller.js';
import { everyPage } from './paging.js';
import { AutomationEntries } from './schemas.js';

/** The vendor's clock may lag behind ours by a little, and it counts in seconds. */
const CLOCK_TOLERANCE_MS = 5_000;

/** Starts an automation for a contact. Not repeatable: where it allows that, a contact enters again. */
export async function enterAutomation(client: Caller, contactId: string, automationId: string): Promise<void> {
  const automation = automationId.trim();
  if (!/^\d+$/.test(automation)) {
    throw refuse(client.platform, 'triggerAutomation', 'validation', 'An automation is named by its number');
  }
  await client.call<void>({
    operation: 'triggerAutomation',
    method: 'POST',
    path: path`/contactAutomations`,
    target: `contacts/${contactId}/automations/${automation}`,
    json: { contactAutomation: { contact: contactId, automation } },
    repeatable: false,
  });
}

/** Whether the contact has entered the automation since then. */
export async function hasEntered(
  client: Caller,
  contactId: string,
  automationId: string,
  since: Date,
): Promise<boolean> {
  const pages = await everyPage(
    client,
    {
      operation: 'hasTriggered',
      path: path`/contacts/${contactId}/contactAutomations`,
      target: `contacts/${contactId}/automations`,
      answer: AutomationEntries,
    },
    ({ contactAutomations }) => contactAutomations.length,
  );
  const from = since.getTime() - CLOCK_TOLERANCE_MS;
  return pages
    .flatMap(({ contactAutomations }) => contactAutomations)
    .some(
      ({ automation, seriesid, adddate }) =>
        (automation ?? seriesid) === automationId.trim() && Date.parse(adddate ?? '') >= from,
    );
}
