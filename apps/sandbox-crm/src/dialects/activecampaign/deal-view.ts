import type { OpportunityRecord } from '../../store/records.js';
import { accountTime } from './wire.js';

/** Amounts are in hundredths of the currency. */
export function dealView(deal: OpportunityRecord): Record<string, unknown> {
  return {
    id: deal.id,
    title: deal.title,
    description: deal.notes,
    contact: deal.contactId,
    group: '1',
    stage: deal.stageId,
    owner: deal.userId,
    value: String(deal.highMinor),
    currency: 'usd',
    status: '0',
    cdate: accountTime(deal.createdAt),
    mdate: accountTime(deal.updatedAt),
    nextdate: null,
    links: {},
  };
}
