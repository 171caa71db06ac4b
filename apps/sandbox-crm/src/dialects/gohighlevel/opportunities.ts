import type { Answer } from '../../server/answer.js';
import { one } from '../../server/form.js';
import { isoTime } from '../../store/iso-time.js';
import type { OpportunityRecord } from '../../store/records.js';
import { Refusal, type Call, type Operation } from '../dialect.js';
import { inputOf, text } from '../input.js';
import { contactView } from './contact-view.js';
import { invalid, notFound } from './errors.js';
import { ownLocation, queryLocation } from './location.js';

/** The account's stages make up its only pipeline. */
const PIPELINE = { id: 'pipeline-1', name: 'Sales' } as const;
const DEFAULT_LIMIT = 20;
const LARGEST_PAGE = 100;
const PARTS: readonly string[] = ['pipelineId', 'name', 'pipelineStageId', 'status', 'monetaryValue', 'assignedTo'];

export const opportunityOperations: readonly Operation[] = [
  { method: 'GET', path: '/opportunities/search', name: 'GetOpportunities', handle: searchOpportunities },
  { method: 'GET', path: '/opportunities/pipelines', name: 'GetPipelines', handle: listPipelines },
  {
    method: 'GET',
    path: '/opportunities/:opportunity_id',
    name: 'GetOpportunity',
    handle: (call) => ({ status: 200, body: { opportunity: opportunityView(call, opportunityOf(call)) } }),
  },
  { method: 'PUT', path: '/opportunities/:opportunity_id', name: 'UpdateRelated', handle: updateOpportunity },
];

function opportunityOf({ params, store }: Call): OpportunityRecord {
  const id = params['opportunity_id'] ?? '';
  const opportunity = store.opportunities.get(id);
  if (opportunity === undefined) throw notFound('Opportunity', id);
  return opportunity;
}

/** Newest first; the marker of the next page is the time and the id of the last one. */
function searchOpportunities(call: Call): Answer {
  const { query, store } = call;
  queryLocation(call, 'location_id');
  const contactId = one(query, 'contact_id');
  const stageId = one(query, 'pipeline_stage_id');
  const found = contactId === undefined ? [...store.opportunities.values()] : store.opportunities.of(contactId);
  const sorted = found
    .filter((each) => stageId === undefined || each.stageId === stageId)
    .sort((a, b) => b.createdAt - a.createdAt || Number(b.id) - Number(a.id));
  const startAfterId = one(query, 'startAfterId');
  const start = startAfterId === undefined ? 0 : sorted.findIndex(({ id }) => id === startAfterId) + 1;
  const size = Number(one(query, 'limit') ?? DEFAULT_LIMIT);
  if (!(size >= 1 && size <= LARGEST_PAGE)) throw invalid(`limit must not be greater than ${LARGEST_PAGE}`);
  const page = sorted.slice(start, start + size);
  const last = page.at(-1);
  const meta = {
    total: sorted.length,
    currentPage: 1,
    ...(start + size < sorted.length && { nextPage: 2 }),
    ...(last !== undefined && { startAfter: last.createdAt, startAfterId: last.id }),
  };
  return { status: 200, body: { opportunities: page.map((each) => opportunityView(call, each)), meta } };
}

function updateOpportunity(call: Call): Answer {
  const { store } = call;
  const opportunity = opportunityOf(call);
  const input = inputOf(call.body);
  const unknown = Object.keys(input).find((name) => !PARTS.includes(name));
  if (unknown !== undefined) throw invalid(`property ${unknown} should not exist`);
  const stageId = text(input, 'pipelineStageId') ?? opportunity.stageId;
  if (!store.stages.has(stageId)) throw new Refusal(400, 'The pipeline stage is not valid');
  const value = input['monetaryValue'];
  if (value !== undefined && typeof value !== 'number') throw invalid('monetaryValue must be a number');
  opportunity.stageId = stageId;
  opportunity.title = text(input, 'name') ?? opportunity.title;
  if (value !== undefined) opportunity.highMinor = Math.round(value * 100);
  opportunity.updatedAt = Date.now();
  store.opportunities.touch(opportunity.id);
  const { id, contactId } = opportunity;
  call.effect({ operation: 'UpdateRelated', contactId, args: { kind: 'lead', id, stage_id: stageId, ...input } });
  return { status: 200, body: { opportunity: opportunityView(call, opportunity) } };
}

function opportunityView({ store, identity }: Call, opportunity: OpportunityRecord): Record<string, unknown> {
  const locationId = ownLocation(identity);
  const contact = store.contacts.get(opportunity.contactId);
  const { email, phone, companyName, tags } = contact === undefined ? {} : contactView(contact, store, locationId);
  const name = [contact?.firstName, contact?.lastName].join(' ').trim();
  return {
    id: opportunity.id,
    name: opportunity.title,
    monetaryValue: opportunity.highMinor / 100,
    pipelineId: PIPELINE.id,
    pipelineStageId: opportunity.stageId,
    assignedTo: opportunity.userId,
    status: 'open',
    source: '',
    createdAt: isoTime(opportunity.createdAt),
    updatedAt: isoTime(opportunity.updatedAt),
    contactId: opportunity.contactId,
    locationId,
    contact: { id: opportunity.contactId, name, email, phone, companyName, tags },
    customFields: [],
  };
}

function listPipelines(call: Call): Answer {
  const locationId = queryLocation(call, 'locationId');
  const stages = Array.from(call.store.stages.values(), ({ id, name, order }) => ({ id, name, position: order }));
  return { status: 200, body: { pipelines: [{ ...PIPELINE, stages, locationId }] } };
}
