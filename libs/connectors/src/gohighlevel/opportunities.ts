import type { VendorClient } from '../_kit/call/vendor-client.js';
import { path } from '../_kit/call/vendor-path.js';
import type { RelatedKind, RelatedQuery, RelatedRecord } from '../_kit/contact.js';
import { oldestFirst } from '../_kit/related-order.js';
import { refuse } from '../_kit/refuse.js';
import { OpportunityAnswer, OpportunityPage, type Opportunity } from './schemas.js';

const PAGE = 100;
/** A loop in the vendor's markers must not become an endless one here. */
const MOST_PAGES = 1_000;

/** Opportunities of a contact, oldest first; the API tells no other records. */
export async function relatedRecords(
  client: VendorClient,
  contactId: string,
  kind: RelatedKind,
  { order, stage }: RelatedQuery,
): Promise<RelatedRecord[]> {
  if (kind !== 'lead') {
    const message = `GoHighLevel’s contacts have no ${kind} records that its API tells`;
    throw refuse(client.platform, 'getRelated', 'unsupported', message);
  }
  const all = await opportunities(client, contactId);
  const ofStage = stage === undefined ? all : all.filter(({ pipelineStageId }) => pipelineStageId === stage);
  const records = oldestFirst(ofStage.map(leadRecord));
  if (order === 'all') return records;
  const one = order === 'first' ? records[0] : records.at(-1);
  return one === undefined ? [] : [one];
}

async function opportunities(client: VendorClient, contactId: string): Promise<Opportunity[]> {
  const found: Opportunity[] = [];
  let after: { startAfter?: string; startAfterId?: string } = {};
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const { opportunities: page, meta } = await client.call({
      operation: 'getRelated',
      method: 'GET',
      path: path`/opportunities/search`,
      target: `contacts/${contactId}/opportunities`,
      query: { location_id: client.accountId, contact_id: contactId, status: 'all', limit: PAGE, ...after },
      repeatable: true,
      answer: OpportunityPage,
    });
    found.push(...page);
    const { nextPage, startAfter, startAfterId } = meta ?? {};
    if (page.length === 0 || !nextPage || !startAfter || !startAfterId) break;
    after = { startAfter: String(startAfter), startAfterId };
  }
  return found;
}

/** Moves an opportunity to another stage of its pipeline. */
export async function moveOpportunity(client: VendorClient, id: string, stageId: string): Promise<void> {
  await client.call({
    operation: 'updateRelated',
    method: 'PUT',
    path: path`/opportunities/${id}`,
    target: `opportunities/${id}`,
    json: { pipelineStageId: stageId },
    repeatable: true,
    answer: OpportunityAnswer,
  });
}

function leadRecord({ id, name, pipelineStageId, monetaryValue, createdAt }: Opportunity): RelatedRecord {
  return {
    Id: id,
    OpportunityTitle: name ?? null,
    StageID: pipelineStageId ?? null,
    EstimatedCloseDate: null,
    ProjectedRevenueHigh: monetaryValue ?? null,
    DateCreated: createdAt ?? null,
  };
}
