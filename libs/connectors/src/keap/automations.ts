import type { VendorClient } from '../_kit/call/vendor-client.js';
import { path } from '../_kit/call/vendor-path.js';
import { isConnectorError } from '../_kit/connector-error.js';
import { refuse } from '../_kit/refuse.js';
import { AchieveGoalAnswer, AddToSequenceAnswer, SequencePage } from './schemas.js';

const operation = 'triggerAutomation';

/**
 * Puts a contact into a sequence. Repeatable: who is in it stays in it.
 * @param automationId `campaign:sequence`, or a campaign that has a single sequence
 */
export async function addToSequence(client: VendorClient, contactId: string, automationId: string): Promise<void> {
  const [campaign = '', named, ...rest] = automationId.split(':').map((part) => part.trim());
  if (campaign === '' || named === '' || rest.length > 0) {
    throw refuse(client.platform, operation, 'validation', 'An automation is named as campaign or campaign:sequence');
  }
  const sequence = named ?? (await onlySequence(client, campaign));
  const outcome = await addContact(client, contactId, campaign, sequence);
  if (outcome === 'SUCCESS' || outcome === 'ALREADY_IN_SEQUENCE') return;
  if (outcome === 'CONTACT_DOES_NOT_EXIST') {
    throw refuse(client.platform, operation, 'not_found', `Contact ${contactId} does not exist`, true);
  }
  const message = `Keap did not add contact ${contactId} to the sequence (${outcome ?? 'no result'})`;
  throw refuse(client.platform, operation, 'validation', message, true);
}

/** Campaigns of the older and automations of the newer editor have the same call under different names. */
async function addContact(
  client: VendorClient,
  contactId: string,
  campaign: string,
  sequence: string,
): Promise<string | undefined> {
  const add = (kind: 'campaigns' | 'automations') =>
    client.call({
      operation,
      method: 'POST',
      path: path`/${kind}/${campaign}/sequences/${sequence}:addContacts`,
      target: `${kind}/${campaign}/sequences/${sequence}`,
      json: { contact_ids: [contactId] },
      repeatable: true,
      answer: AddToSequenceAnswer,
    });
  try {
    return (await add('campaigns')).add_to_sequence_results?.[contactId];
  } catch (error) {
    if (!isConnectorError(error) || error.kind !== 'not_found') throw error;
    return (await add('automations')).add_to_automation_sequence_results?.[contactId];
  }
}

async function onlySequence(client: VendorClient, campaign: string): Promise<string> {
  const { sequences } = await client.call({
    operation,
    method: 'GET',
    path: path`/campaigns/${campaign}/sequences`,
    target: `campaigns/${campaign}/sequences`,
    repeatable: true,
    answer: SequencePage,
  });
  const [only, another] = sequences ?? [];
  if (only !== undefined && another === undefined) return only.id;
  const message = `Campaign ${campaign} has ${only === undefined ? 'no' : 'several'} sequences: name one as campaign:sequence`;
  throw refuse(client.platform, operation, 'validation', message);
}

/** The integration under which our goals are known when a caller names none. */
const OWN_INTEGRATION = 'mfh';

/** @param goal a call name, or `automation:goal` by their ids */
export async function achieveGoal(
  client: VendorClient,
  contactId: string,
  goal: string,
  integration: string,
): Promise<void> {
  if (!/^\d{1,15}$/.test(contactId)) {
    throw refuse(client.platform, 'achieveGoal', 'validation', 'Goals are achieved for contacts with a numeric id');
  }
  // The one call of the API where ids are numbers.
  const ids = /^(\d{1,15}):(\d{1,15})$/.exec(goal);
  const named = { integration: integration === '' ? OWN_INTEGRATION : integration, call_name: goal };
  const { results } = await client.call({
    operation: 'achieveGoal',
    method: 'POST',
    path: path`/automations/goals/achieve`,
    target: `contacts/${contactId}`,
    json: {
      contact_id: Number(contactId),
      ...(ids === null ? named : { automation_id: Number(ids[1]), goal_id: Number(ids[2]) }),
    },
    repeatable: false,
    answer: AchieveGoalAnswer,
  });
  if (results?.some(({ success }) => success === true) === true) return;
  const nobody = (results ?? []).length === 0;
  const message = nobody ? 'No automation waits for this goal' : 'Keap refused the goal';
  throw refuse(client.platform, 'achieveGoal', nobody ? 'not_found' : 'validation', message, true);
}
