import { path } from '../_kit/call/vendor-path.js';
import type { RelatedKind, RelatedQuery, RelatedRecord } from '../_kit/contact.js';
import { oldestFirst } from '../_kit/related-order.js';
import { refuse } from '../_kit/refuse.js';
import type { Caller } from './caller.js';
import { everyPage } from './paging.js';
import { DealPage, WrittenDeal, type AcDeal } from './schemas.js';

/** The deals of a contact, oldest first: the only records of trade here that belong to a contact. */
export async function relatedRecords(
  client: Caller,
  contactId: string,
  kind: RelatedKind,
  { order, stage }: RelatedQuery,
): Promise<RelatedRecord[]> {
  if (kind !== 'lead') {
    const message = `ActiveCampaign's API does not tell a contact's ${kind} records`;
    throw refuse(client.platform, 'getRelated', 'unsupported', message);
  }
  const pages = await everyPage(
    client,
    {
      operation: 'getRelated',
      path: path`/contacts/${contactId}/deals`,
      target: `contacts/${contactId}/deals`,
      answer: DealPage,
    },
    ({ deals }) => deals.length,
  );
  const deals = pages.flatMap((page) => page.deals).filter((deal) => stage === undefined || deal.stage === stage);
  const records = oldestFirst(deals.map(leadRecord));
  if (order === 'all') return records;
  const one = order === 'first' ? records[0] : records.at(-1);
  return one === undefined ? [] : [one];
}

/** Moves a deal to another stage. */
export async function moveDeal(client: Caller, id: string, stage: string): Promise<void> {
  await client.call({
    operation: 'updateRelated',
    method: 'PUT',
    path: path`/deals/${id}`,
    target: `deals/${id}`,
    json: { deal: { stage } },
    repeatable: true,
    answer: WrittenDeal,
  });
}

function leadRecord({ id, title, stage, value, cdate }: AcDeal): RelatedRecord {
  const hundredths = Number(value ?? Number.NaN);
  return {
    Id: id,
    OpportunityTitle: title ?? null,
    StageID: stage ?? null,
    ProjectedRevenueHigh: Number.isNaN(hundredths) ? null : hundredths / 100,
    DateCreated: cdate ?? null,
  };
}
