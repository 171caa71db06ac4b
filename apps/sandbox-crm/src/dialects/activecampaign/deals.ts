import type { Answer } from '../../server/answer.js';
import type { Call, Operation } from '../dialect.js';
import { contactOf } from './contacts.js';
import { dealView } from './deal-view.js';
import { existing, invalid } from './errors.js';
import { idIn, pageOf, wrapped } from './wire.js';

export const dealOperations: readonly Operation[] = [
  { method: 'GET', path: '/contacts/:contact_id/deals', name: 'GetOpportunities', handle: listDeals },
  { method: 'PUT', path: '/deals/:deal_id', name: 'UpdateRelated', handle: updateDeal },
];

function listDeals(call: Call): Answer {
  const { items, meta } = pageOf(call.store.opportunities.of(contactOf(call).id), call.query);
  return { status: 200, body: { deals: items.map(dealView), meta } };
}

function updateDeal(call: Call): Answer {
  const { store, params } = call;
  const id = params['deal_id'] ?? '';
  const deal = existing(store.opportunities.get(id), 'Deal', id);
  const stageId = idIn(wrapped(call.body, 'deal'), 'stage');
  if (!store.stages.has(stageId)) throw invalid('stage', `Stage ${stageId} does not exist`);
  deal.stageId = stageId;
  deal.updatedAt = Date.now();
  store.opportunities.touch(deal.id);
  call.effect({ operation: 'UpdateRelated', contactId: deal.contactId, args: { kind: 'lead', id, stage_id: stageId } });
  return { status: 200, body: { deal: dealView(deal) } };
}
