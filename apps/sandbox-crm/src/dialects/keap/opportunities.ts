import type { Answer } from '../../server/answer.js';
import type { CrmStore } from '../../store/crm-store.js';
import type { OpportunityRecord, StageRecord } from '../../store/records.js';
import { isoTime } from '../../store/iso-time.js';
import { Refusal, type Call, type Operation } from '../dialect.js';
import { found, inputOf, requiredText, text, type Input } from '../input.js';
import { byIds, byNumber, byText, conditionsOf, filtered, type Condition } from './filter.js';
import { idKey, maskOf, pageOf } from './paging.js';

const MASK: ReadonlySet<string> = new Set([
  'opportunity_title',
  'opportunity_notes',
  'projected_revenue_low',
  'projected_revenue_high',
  'stage_id',
  'user_id',
]);

export const opportunityOperations: readonly Operation[] = [
  { method: 'GET', path: '/opportunities', name: 'GetOpportunities', handle: listOpportunities },
  { method: 'POST', path: '/opportunities', name: 'CreateOpportunity', handle: createOpportunity },
  { method: 'GET', path: '/opportunities/stages', name: 'GetStages', handle: listStages },
  {
    method: 'GET',
    path: '/opportunities/:opportunity_id',
    name: 'GetOpportunity',
    handle: (call) => ({ status: 200, body: opportunityView(opportunityOf(call), call.store) }),
  },
  { method: 'PATCH', path: '/opportunities/:opportunity_id', name: 'UpdateRelated', handle: updateOpportunity },
];

function opportunityOf({ params, store }: Call): OpportunityRecord {
  return found(store.opportunities.get(params['opportunity_id'] ?? ''), 'Opportunity', params['opportunity_id']);
}

function listOpportunities({ query, store }: Call): Answer {
  const conditions = conditionsOf(query);
  const matching = filtered(candidates(conditions, store), conditions, {
    contact_id: byText<OpportunityRecord>(({ contactId }) => contactId),
    stage_id: byText<OpportunityRecord>(({ stageId }) => stageId),
    user_id: byText<OpportunityRecord>(({ userId }) => userId),
    opportunity_title: byText<OpportunityRecord>(({ title }) => title),
    opportunity_id: byNumber<OpportunityRecord>(idKey),
    ids: byIds<OpportunityRecord>(({ id }) => id),
  });
  const page = pageOf(matching, query, {
    created_time: ({ createdAt }) => createdAt,
    update_time: ({ updatedAt }) => updatedAt,
    opportunity_title: ({ title }) => title.toLowerCase(),
    contact_name: ({ contactId }) => store.contacts.get(contactId)?.lastName.toLowerCase() ?? '',
    next_action_time: ({ createdAt }) => createdAt,
  });
  const opportunities = page.items.map((opportunity) => opportunityView(opportunity, store));
  return { status: 200, body: { opportunities, next_page_token: page.nextPageToken } };
}

function candidates(conditions: readonly Condition[], store: CrmStore): Iterable<OpportunityRecord> {
  const contactId = conditions.find(({ field, operator }) => field === 'contact_id' && operator === '==')?.value;
  return contactId === undefined ? store.opportunities.values() : store.opportunities.of(contactId);
}

function createOpportunity(call: Call): Answer {
  const { store } = call;
  const input = inputOf(call.body);
  const contactId = requiredText(input, 'contact_id');
  found(store.contacts.get(contactId), 'Contact', contactId);
  const draft = emptyOpportunity(contactId);
  change(draft, input, new Set(['opportunity_title', 'stage_id', ...Object.keys(input)]), store);
  const opportunity = store.opportunities.create((id) => ({ ...draft, id }));
  call.effect({ operation: 'CreateOpportunity', contactId, args: { opportunity_id: opportunity.id, ...input } });
  return { status: 201, body: opportunityView(opportunity, store) };
}

function updateOpportunity(call: Call): Answer {
  const { store } = call;
  const opportunity = opportunityOf(call);
  const input = inputOf(call.body);
  const mask = maskOf(call.query, MASK) ?? new Set(Object.keys(input));
  change(opportunity, input, mask, store);
  opportunity.updatedAt = Date.now();
  store.opportunities.touch(opportunity.id);
  const { id, contactId, stageId } = opportunity;
  call.effect({ operation: 'UpdateRelated', contactId, args: { kind: 'lead', id, stage_id: stageId, ...input } });
  return { status: 200, body: opportunityView(opportunity, store) };
}

function change(record: OpportunityRecord, input: Input, mask: ReadonlySet<string>, store: CrmStore): void {
  const stageId = mask.has('stage_id') ? requiredText(input, 'stage_id') : record.stageId;
  if (!store.stages.has(stageId)) throw new Refusal(400, `Stage ${stageId} does not exist`, 'stage_id');
  const userId = mask.has('user_id') ? requiredText(input, 'user_id') : record.userId;
  if (!store.users.has(userId)) throw new Refusal(400, `User ${userId} does not exist`, 'user_id');
  if (mask.has('opportunity_title')) record.title = requiredText(input, 'opportunity_title');
  if (mask.has('opportunity_notes')) record.notes = text(input, 'opportunity_notes') ?? '';
  if (mask.has('projected_revenue_low')) record.lowMinor = minor(input, 'projected_revenue_low');
  if (mask.has('projected_revenue_high')) record.highMinor = minor(input, 'projected_revenue_high');
  record.stageId = stageId;
  record.userId = userId;
}

function minor(input: Input, name: string): number {
  const value = input[name] ?? 0;
  if (typeof value !== 'number') throw new Refusal(400, `${name} must be a number`, name);
  return Math.round(value * 100);
}

function emptyOpportunity(contactId: string): OpportunityRecord {
  const now = Date.now();
  const amounts = { lowMinor: 0, highMinor: 0 };
  return {
    id: '',
    contactId,
    title: '',
    stageId: '',
    userId: '1',
    notes: '',
    ...amounts,
    createdAt: now,
    updatedAt: now,
  };
}

function opportunityView(opportunity: OpportunityRecord, store: CrmStore): Record<string, unknown> {
  const contact = store.contacts.get(opportunity.contactId);
  const stage = store.stages.get(opportunity.stageId);
  const user = store.users.get(opportunity.userId);
  return {
    id: opportunity.id,
    opportunity_title: opportunity.title,
    opportunity_notes: opportunity.notes,
    contact: {
      id: opportunity.contactId,
      first_name: contact?.firstName ?? '',
      last_name: contact?.lastName ?? '',
      email: contact?.emails[0]?.address ?? '',
    },
    stage: { id: opportunity.stageId, name: stage?.name ?? '' },
    ...(user === undefined ? {} : { user: { id: user.id, first_name: user.firstName, last_name: user.lastName } }),
    projected_revenue_low: opportunity.lowMinor / 100,
    projected_revenue_high: opportunity.highMinor / 100,
    created_time: isoTime(opportunity.createdAt),
    last_updated_time: isoTime(opportunity.updatedAt),
  };
}

function listStages({ query, store }: Call): Answer {
  const matching = filtered(store.stages.values(), conditionsOf(query), {
    name: byText<StageRecord>(({ name }) => name),
  });
  const page = pageOf(matching, query, {
    id: idKey,
    name: ({ name }) => name.toLowerCase(),
    order: ({ order }) => order,
  });
  const stages = page.items.map(({ id, name, order, probability }) => ({
    id,
    name,
    order,
    probability,
    checklist_items: [],
  }));
  return { status: 200, body: { stages, next_page_token: page.nextPageToken } };
}
