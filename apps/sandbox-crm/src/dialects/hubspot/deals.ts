import { isoTime } from '../../store/iso-time.js';
import type { OpportunityRecord } from '../../store/records.js';
import type { Call, Operation } from '../dialect.js';
import { found } from '../input.js';
import { PropertyRefusal } from './errors.js';
import { batchInput, propertiesOf } from './input.js';
import { batchAnswer, objectView } from './object-view.js';

const BASE = '/crm/v3/objects/deals';

export const dealOperations: readonly Operation[] = [
  {
    method: 'POST',
    path: `${BASE}/batch/read`,
    name: 'GetDeals',
    handle: ({ body, store }) =>
      batchAnswer(batchInput(body).ids, (id) => {
        const deal = store.opportunities.get(id);
        return deal === undefined ? undefined : dealView(deal);
      }),
  },
  { method: 'PATCH', path: `${BASE}/:deal_id`, name: 'UpdateDeal', handle: updateDeal },
];

function dealView(deal: OpportunityRecord) {
  const { id, title, stageId, highMinor, createdAt, updatedAt } = deal;
  const properties = {
    dealname: title,
    dealstage: stageId,
    pipeline: 'default',
    amount: String(highMinor / 100),
    closedate: null,
    createdate: isoTime(createdAt),
    hs_lastmodifieddate: isoTime(updatedAt),
    hs_object_id: id,
  };
  return objectView(id, properties, { createdAt, updatedAt });
}

function updateDeal(call: Call) {
  const { params, store } = call;
  const deal = found(store.opportunities.get(params['deal_id'] ?? ''), 'Deal', params['deal_id']);
  const { dealstage, dealname, ...others } = propertiesOf(call.body);
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) {
    throw new PropertyRefusal('PROPERTY_DOESNT_EXIST', unknown, `Property "${unknown}" does not exist`);
  }
  if (dealstage !== undefined && !store.stages.has(dealstage)) {
    throw new PropertyRefusal('INVALID_OPTION', 'dealstage', `${dealstage} was not one of the allowed options`);
  }
  deal.stageId = dealstage ?? deal.stageId;
  deal.title = dealname ?? deal.title;
  deal.updatedAt = Date.now();
  store.opportunities.touch(deal.id);
  const args = { kind: 'lead', id: deal.id, stage_id: deal.stageId };
  call.effect({ operation: 'UpdateRelated', contactId: deal.contactId, args });
  return { status: 200, body: dealView(deal) };
}
