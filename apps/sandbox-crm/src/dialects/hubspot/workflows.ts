import { one } from '../../server/form.js';
import { isoTime } from '../../store/iso-time.js';
import type { AutomationRecord } from '../../store/records.js';
import { Refusal, type Call, type Operation } from '../dialect.js';
import { found } from '../input.js';
import { namedContact } from './contacts.js';
import { CONTACT_TYPE } from './lists.js';
import { afterOf, limitOf, pageOf } from './input.js';

const ENROLMENT = '/automation/v2/workflows/:workflow_id/enrollments/contacts/:email';

export const workflowOperations: readonly Operation[] = [
  { method: 'POST', path: ENROLMENT, name: 'TriggerAutomation', handle: enrol },
  { method: 'DELETE', path: ENROLMENT, name: 'RemoveFromAutomation', handle: unenrol },
  { method: 'GET', path: '/automation/v4/flows', name: 'GetAutomations', handle: listFlows },
];

/** A workflow is the first sequence of an automation. Who is in it stays in it. */
function enrol(call: Call) {
  const { members, automation, contactId } = membershipOf(call);
  if (!automation.published) throw new Refusal(400, `Workflow ${automation.id} is turned off`);
  const isNew = !members.includes(contactId);
  if (isNew) members.push(contactId);
  log(call, 'TriggerAutomation', automation, contactId, isNew ? 'ENROLLED' : 'AS_BEFORE');
  return { status: 204 };
}

function unenrol(call: Call) {
  const { members, automation, contactId } = membershipOf(call);
  const at = members.indexOf(contactId);
  if (at >= 0) members.splice(at, 1);
  log(call, 'RemoveFromAutomation', automation, contactId, at >= 0 ? 'REMOVED' : 'AS_BEFORE');
  return { status: 204 };
}

function membershipOf({ params, store }: Call) {
  const automation = found(store.automations.get(params['workflow_id'] ?? ''), 'Workflow', params['workflow_id']);
  const contactId = namedContact(store, params['email'] ?? '', 'email').id;
  const id = `${automation.id}:${automation.sequences[0]?.id ?? '1'}`;
  const record = store.sequenceMembers.get(id) ?? { id, contactIds: [] };
  store.sequenceMembers.put(record);
  return { members: record.contactIds, automation, contactId };
}

function log(call: Call, operation: string, { id, name }: AutomationRecord, contactId: string, result: string): void {
  call.effect({ operation, contactId, args: { automation_id: id, automation: name, result } });
}

/** The newer interface shows workflows under other ids, and cannot enrol anybody. */
function listFlows({ query, store }: Call) {
  const flows = [...store.automations.values()];
  const page = pageOf(flows, afterOf(one(query, 'after')), limitOf(query, 100, 100));
  const results = page.results.map(({ id, name, published, createdAt }) => ({
    id: `1${id}000`,
    name,
    isEnabled: published,
    flowType: 'WORKFLOW',
    objectTypeId: CONTACT_TYPE,
    revisionId: '1',
    createdAt: isoTime(createdAt),
    updatedAt: isoTime(createdAt),
  }));
  return { status: 200, body: { ...page, results } };
}
