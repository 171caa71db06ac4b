import type { Answer } from '../../server/answer.js';
import type { AutomationRecord, SequenceRecord } from '../../store/records.js';
import { isoTime } from '../../store/iso-time.js';
import { Refusal, type Call, type Operation } from '../dialect.js';
import { found, inputOf, requiredTexts } from '../input.js';
import { byText, conditionsOf, filtered } from './filter.js';
import { idKey, pageOf, type Page } from './paging.js';

const MEMBERS_PATH = 'sequences/:action';

/** Keap shows the same thing twice: as a campaign (older paths) and as an automation. */
export const automationOperations: readonly Operation[] = [
  { method: 'GET', path: '/campaigns', name: 'GetCampaigns', handle: listCampaigns },
  {
    method: 'GET',
    path: '/campaigns/:automation_id',
    name: 'GetCampaign',
    handle: (call) => ({ status: 200, body: campaignView(automationOf(call)) }),
  },
  { method: 'GET', path: '/campaigns/:automation_id/sequences', name: 'GetSequences', handle: listSequences },
  { method: 'GET', path: '/campaigns/:automation_id/goals', name: 'GetGoals', handle: listGoals },
  {
    method: 'POST',
    path: `/campaigns/:automation_id/${MEMBERS_PATH}`,
    name: 'TriggerAutomation',
    handle: (call) => changeMembers(call, 'add_to_sequence_results'),
  },
  { method: 'GET', path: '/automations', name: 'GetAutomations', handle: listAutomations },
  { method: 'GET', path: '/automations/ids', name: 'GetAutomationIds', handle: listAutomationIds },
  {
    method: 'GET',
    path: '/automations/:automation_id',
    name: 'GetAutomation',
    handle: (call) => ({ status: 200, body: automationView(automationOf(call)) }),
  },
  {
    method: 'POST',
    path: `/automations/:automation_id/${MEMBERS_PATH}`,
    name: 'TriggerAutomation',
    handle: (call) => changeMembers(call, 'add_to_automation_sequence_results'),
  },
];

function automationOf({ params, store }: Call): AutomationRecord {
  return found(store.automations.get(params['automation_id'] ?? ''), 'Automation', params['automation_id']);
}

function page({ query, store }: Call): Page<AutomationRecord> {
  const matching = filtered(store.automations.values(), conditionsOf(query), {
    name: byText<AutomationRecord>((automation) => automation.name),
    title: byText<AutomationRecord>((automation) => automation.name),
  });
  const name = (automation: AutomationRecord): string => automation.name.toLowerCase();
  return pageOf(matching, query, { id: idKey, name, title: name, datecreated: (automation) => automation.createdAt });
}

function listCampaigns(call: Call): Answer {
  const { items, nextPageToken } = page(call);
  return { status: 200, body: { campaigns: items.map(campaignView), next_page_token: nextPageToken } };
}

function listAutomations(call: Call): Answer {
  const { items, nextPageToken } = page(call);
  const automations = items.map(automationView);
  return {
    status: 200,
    body: { automations, next_page_token: nextPageToken, automation_count: call.store.automations.size },
  };
}

function listAutomationIds(call: Call): Answer {
  const { items, nextPageToken } = page(call);
  const ids = items.map(({ id }) => id);
  return { status: 200, body: { automation_ids: ids, locked_automation_ids: [], next_page_token: nextPageToken } };
}

function campaignView({ id, name, published, createdAt }: AutomationRecord): Record<string, unknown> {
  return {
    id,
    name,
    locked: false,
    date_created: isoTime(createdAt),
    published_status: published,
    ...(published ? { published_date: isoTime(createdAt) } : {}),
    time_zone: 'UTC',
  };
}

function automationView({ id, name, published, createdAt }: AutomationRecord): Record<string, unknown> {
  return {
    id,
    title: name,
    categories: [],
    status: published ? 'PUBLISHED' : 'DRAFT',
    locked: false,
    ...(published ? { published_date: isoTime(createdAt) } : {}),
  };
}

function listSequences(call: Call): Answer {
  const automation = automationOf(call);
  const sequences = automation.sequences.map(({ id, name }) => ({
    id,
    name,
    paths: [],
    active_contact_count: call.store.sequenceMembers.get(`${automation.id}:${id}`)?.contactIds.length ?? 0,
  }));
  return { status: 200, body: { sequences, next_page_token: '', campaign_id: automation.id } };
}

function listGoals(call: Call): Answer {
  const automation = automationOf(call);
  const goals = automation.goals.map(({ id, name }) => ({ id, name, type: 'API' }));
  return { status: 200, body: { goals, next_page_token: '', campaign_id: automation.id } };
}

/** `.../sequences/1:addContacts` and `:removeContacts`. */
function changeMembers(call: Call, resultsName: string): Answer {
  const [sequenceId = '', action = ''] = (call.params['action'] ?? '').split(':');
  const automation = automationOf(call);
  const sequence = found(
    automation.sequences.find(({ id }) => id === sequenceId),
    'Sequence',
    sequenceId,
  );
  const contactIds = requiredTexts(inputOf(call.body), 'contact_ids');
  if (action === 'addContacts') {
    return { status: 200, body: { [resultsName]: addMembers(call, automation, sequence, contactIds) } };
  }
  if (action === 'removeContacts') {
    return {
      status: 200,
      body: { remove_from_sequence_results: removeMembers(call, automation, sequence, contactIds) },
    };
  }
  throw new Refusal(404, `No such action: ${action}`);
}

function addMembers(call: Call, automation: AutomationRecord, sequence: SequenceRecord, contactIds: string[]) {
  const { members, results } = startChange(call, automation, sequence);
  for (const contactId of contactIds) {
    if (!call.store.contacts.has(contactId)) results[contactId] = 'CONTACT_DOES_NOT_EXIST';
    else if (!automation.published) results[contactId] = 'FAILED';
    else results[contactId] = members.includes(contactId) ? 'ALREADY_IN_SEQUENCE' : 'SUCCESS';
    if (results[contactId] === 'SUCCESS') members.push(contactId);
    logChange(call, 'TriggerAutomation', automation, sequence, contactId, results[contactId]);
  }
  return results;
}

function removeMembers(call: Call, automation: AutomationRecord, sequence: SequenceRecord, contactIds: string[]) {
  const { members, results } = startChange(call, automation, sequence);
  for (const contactId of contactIds) {
    const at = members.indexOf(contactId);
    if (at >= 0) members.splice(at, 1);
    results[contactId] = call.store.contacts.has(contactId) ? 'SUCCESS' : 'CONTACT_DOES_NOT_EXIST';
    logChange(call, 'RemoveFromAutomation', automation, sequence, contactId, results[contactId]);
  }
  return results;
}

function startChange({ store }: Call, automation: AutomationRecord, sequence: SequenceRecord) {
  const id = `${automation.id}:${sequence.id}`;
  const before = store.sequenceMembers.get(id);
  const record = before ?? { id, contactIds: [] };
  store.sequenceMembers.put(record);
  const results: Record<string, string> = {};
  return { members: record.contactIds, results };
}

function logChange(
  call: Call,
  operation: string,
  automation: AutomationRecord,
  sequence: SequenceRecord,
  contactId: string,
  result: string | undefined,
): void {
  if (!call.store.contacts.has(contactId)) return;
  const args = { automation_id: automation.id, sequence_id: sequence.id, automation: automation.name, result };
  call.effect({ operation, contactId, args });
}
