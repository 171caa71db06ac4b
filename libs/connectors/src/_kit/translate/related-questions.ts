import { Decimal } from 'decimal.js';
import { ConnectorError } from '../connector-error.js';
import type { FieldValue, RelatedKind, RelatedRecord } from '../contact.js';
import type { ConnectorOperation, CrmConnector } from '../port.js';
import type { CompositeKey } from './composite-keys.js';

/** The member that says what a record is worth. */
const AMOUNTS: Readonly<Record<RelatedKind, string>> = {
  invoice: 'InvoiceTotal',
  job: 'OrderTotal',
  subscription: 'BillingAmount',
  lead: 'ProjectedRevenueHigh',
  creditcard: '',
  payment: 'PayAmt',
};

/**
 * Answers composite keys for any vendor out of its optional operations. The records of a kind are read once a run,
 * however many questions there are about them.
 */
export class RelatedQuestions {
  readonly #records = new Map<string, Promise<RelatedRecord[]>>();

  constructor(private readonly raw: CrmConnector) {}

  async answer(contactId: string, question: CompositeKey): Promise<FieldValue> {
    switch (question.about) {
      case 'record': {
        const records = await this.#all(contactId, question.kind);
        const record = question.order === 'first' ? records[0] : records.at(-1);
        return record?.[question.field] ?? null;
      }
      case 'sum':
        return this.#sum(await this.#all(contactId, question.kind), question.field);
      case 'count': {
        const records = await this.#all(contactId, question.kind);
        return question.nonzero ? records.filter((record) => isWorth(record, question.kind)).length : records.length;
      }
      case 'stage': {
        const { length } = await this.#ofStage(contactId, question.stage);
        return length === 0 ? null : length;
      }
      case 'email':
        return (await this.#emailStats(question.address))[question.field] ?? null;
      case 'goal':
        return this.#goalAchieved(contactId, question.goal);
      case 'move':
        return null;
    }
  }

  /** Moves opportunities of a stage; `first` is the one with the lowest id. */
  async move(contactId: string, stage: string, which: 'first' | 'all', target: string): Promise<void> {
    if (this.raw.updateRelated === undefined) throw this.#unsupported('updateRelated');
    const leads = await this.#ofStage(contactId, stage);
    const ids = leads.map((lead) => String(lead['Id'])).sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
    const moved = which === 'first' ? ids.slice(0, 1) : ids;
    if (moved.length === 0) {
      const message = 'The contact has no opportunity in this stage';
      throw this.#error('not_found', 'updateRelated', message);
    }
    this.#records.clear();
    for (const id of moved) await this.raw.updateRelated('lead', id, { StageID: target });
  }

  #all(contactId: string, kind: RelatedKind): Promise<RelatedRecord[]> {
    return this.#once(contactId, kind, undefined);
  }

  #ofStage(contactId: string, stage: string): Promise<RelatedRecord[]> {
    return this.#once(contactId, 'lead', stage);
  }

  #once(contactId: string, kind: RelatedKind, stage: string | undefined): Promise<RelatedRecord[]> {
    if (this.raw.getRelated === undefined) throw this.#unsupported('getRelated');
    const name = JSON.stringify([contactId, kind, stage]);
    const known = this.#records.get(name);
    if (known !== undefined) return known;
    const query = { order: 'all' as const, ...(stage === undefined ? {} : { stage }) };
    const reading = this.raw.getRelated(contactId, kind, query);
    this.#records.set(name, reading);
    reading.catch(() => this.#records.delete(name));
    return reading;
  }

  /** Added up in decimals: ten times 0.1 is 1. */
  #sum(records: readonly RelatedRecord[], field: string): number {
    return records.reduce((sum, record) => sum.plus(decimalOf(record[field])), new Decimal(0)).toNumber();
  }

  #emailStats(address: string): Promise<Partial<Record<string, string>>> {
    if (this.raw.getEmailStats === undefined) throw this.#unsupported('getEmailStats');
    return this.raw.getEmailStats(address).then((stats) => ({ ...stats }));
  }

  #goalAchieved(contactId: string, goal: string): Promise<boolean> {
    if (this.raw.getGoalAchieved === undefined) throw this.#unsupported('getGoalAchieved');
    return this.raw.getGoalAchieved(contactId, goal);
  }

  #unsupported(operation: ConnectorOperation): ConnectorError {
    return this.#error('unsupported', operation, `This CRM does not support ${operation}`);
  }

  #error(kind: 'unsupported' | 'not_found', operation: ConnectorOperation, message: string): ConnectorError {
    const platform = this.raw.getMetadata().platform_slug;
    return new ConnectorError({ kind, platform, operation, message, outcome: 'not_sent' });
  }
}

function isWorth(record: RelatedRecord, kind: RelatedKind): boolean {
  return !decimalOf(record[AMOUNTS[kind]]).isZero();
}

/** Missing and unreadable amounts count as nothing. */
function decimalOf(value: FieldValue | undefined): Decimal {
  if (typeof value === 'number' && Number.isFinite(value)) return new Decimal(value);
  if (typeof value !== 'string' || !/^\s*-?\d+(\.\d+)?\s*$/.test(value)) return new Decimal(0);
  return new Decimal(value.trim());
}
