import type { Answer } from '../../server/answer.js';
import { isoTime } from '../../store/iso-time.js';
import type { AutomationRecord } from '../../store/records.js';
import type { Call, Operation } from '../dialect.js';
import { contactOf } from './contacts.js';
import { notFound } from './errors.js';
import { queryLocation } from './location.js';

const MEMBERSHIP = '/contacts/:contact_id/workflow/:workflow_id';

export const workflowOperations: readonly Operation[] = [
  { method: 'GET', path: '/workflows/', name: 'GetWorkflows', handle: listWorkflows },
  { method: 'POST', path: MEMBERSHIP, name: 'TriggerAutomation', handle: addContact },
  { method: 'DELETE', path: MEMBERSHIP, name: 'RemoveFromAutomation', handle: removeContact },
];

function listWorkflows(call: Call): Answer {
  const locationId = queryLocation(call, 'locationId');
  const workflows = Array.from(call.store.automations.values(), ({ id, name, published, createdAt }) => ({
    id,
    name,
    status: published ? 'published' : 'draft',
    version: 1,
    createdAt: isoTime(createdAt),
    updatedAt: isoTime(createdAt),
    locationId,
  }));
  return { status: 200, body: { workflows } };
}

/** A draft takes nobody in, and the answer says so inside a 200. Who is in already stays in. */
function addContact(call: Call): Answer {
  const { contact, workflow, members } = partsOf(call);
  const result = !workflow.published ? 'FAILED' : members.includes(contact.id) ? 'ALREADY_IN_SEQUENCE' : 'SUCCESS';
  if (result === 'SUCCESS') members.push(contact.id);
  logChange(call, 'TriggerAutomation', workflow, contact.id, result);
  return { status: 200, body: { succeded: workflow.published } };
}

function removeContact(call: Call): Answer {
  const { contact, workflow, members } = partsOf(call);
  const at = members.indexOf(contact.id);
  if (at >= 0) members.splice(at, 1);
  logChange(call, 'RemoveFromAutomation', workflow, contact.id, 'SUCCESS');
  return { status: 200, body: { succeded: true } };
}

/** A workflow is what the store keeps as an automation; its members are those of the first sequence. */
function partsOf(call: Call) {
  const contact = contactOf(call);
  const id = call.params['workflow_id'] ?? '';
  const workflow = call.store.automations.get(id);
  if (workflow === undefined) throw notFound('Workflow', id);
  const key = `${id}:${firstSequence(workflow)}`;
  const record = call.store.sequenceMembers.get(key) ?? { id: key, contactIds: [] };
  call.store.sequenceMembers.put(record);
  return { contact, workflow, members: record.contactIds };
}

const firstSequence = ({ sequences }: AutomationRecord): string => sequences[0]?.id ?? '1';

function logChange(call: Call, operation: string, workflow: AutomationRecord, contactId: string, result: string): void {
  const args = {
    automation_id: workflow.id,
    sequence_id: firstSequence(workflow),
    automation: workflow.name,
    result,
  };
  call.effect({ operation, contactId, args });
}
