import type { VendorClient } from '../_kit/call/vendor-client.js';
import type { RelatedKind, RelatedQuery, RelatedRecord } from '../_kit/contact.js';
import { oldestFirst } from '../_kit/related-order.js';
import { refuse } from '../_kit/refuse.js';
import { associatedRecords } from './associated.js';
import { paths } from './paths.js';
import { shownValue } from './property-values.js';
import { HubspotObject } from './schemas.js';

const DEAL_PROPERTIES = ['dealname', 'dealstage', 'pipeline', 'amount', 'closedate', 'createdate'];
const AMOUNT = { name: 'amount', label: '', type: 'number' } as const;

/** A contact's deals, oldest first. HubSpot's deals are the product's leads; it has none of the other kinds here. */
export async function relatedRecords(
  client: VendorClient,
  contactId: string,
  kind: RelatedKind,
  query: RelatedQuery,
): Promise<RelatedRecord[]> {
  const operation = 'getRelated';
  if (kind !== 'lead') {
    throw refuse(client.platform, operation, 'unsupported', `HubSpot's connection does not tell ${kind} records`);
  }
  const deals = await associatedRecords(client, operation, contactId, 'deals', DEAL_PROPERTIES);
  const ofStage = deals.filter(
    ({ properties }) => query.stage === undefined || properties['dealstage'] === query.stage,
  );
  const records = oldestFirst(ofStage.map(leadRecord));
  if (query.order === 'all') return records;
  const one = query.order === 'first' ? records[0] : records.at(-1);
  return one === undefined ? [] : [one];
}

/** Moves a deal to another stage of its pipeline. */
export async function moveDeal(client: VendorClient, id: string, stage: string): Promise<void> {
  await client.call({
    operation: 'updateRelated',
    method: 'PATCH',
    path: paths.deal(id),
    target: `deals/${id}`,
    json: { properties: { dealstage: stage } },
    repeatable: true,
    answer: HubspotObject,
  });
}

function leadRecord({ id, properties, createdAt }: HubspotObject): RelatedRecord {
  return {
    Id: id,
    OpportunityTitle: properties['dealname'] ?? null,
    StageID: properties['dealstage'] ?? null,
    EstimatedCloseDate: properties['closedate'] ?? null,
    ProjectedRevenueHigh: shownValue(AMOUNT, properties['amount']),
    DateCreated: properties['createdate'] ?? createdAt ?? null,
  };
}
