import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import { events, featureNotAvailable, isProblem, newId, Problem, questions, type AccountScope } from '#contracts';
import { Questions } from '#messaging';
import { Outbox, ResourceGuards, UnitOfWork } from '#persistence';
import { HelpersRepository, type HelperRecord } from '../persistence/helpers.repository.js';
import { Triggers, type TriggerRecord } from './trigger.repository.js';
import { refuseUnfitting, type NewTriggerBody, type TriggerState } from './trigger-bodies.js';

/** More than anybody means; each is looked at with every change. */
const MOST_OF_A_HELPER = 20;
/** The vendor may have to be asked for its tags and fields. */
const VENDOR_PATIENCE_MS = 15_000;

type Fact = 'triggerCreated' | 'triggerUpdated' | 'triggerDeleted';

/** Adds, moves and removes what starts a helper by itself, and lets the service know that subscribes at vendors. */
@Injectable()
export class TriggersOfHelper {
  constructor(
    private readonly triggers: Triggers,
    private readonly helpers: HelpersRepository,
    private readonly ask: Questions,
    private readonly guards: ResourceGuards,
    private readonly outbox: Outbox,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @throws Problem 403 (plan), 404, 409 `triggers.duplicate`, 422, and those of the vendor */
  async add(scope: AccountScope, userId: string, helperId: string, body: NewTriggerBody): Promise<TriggerRecord> {
    refuseUnfitting(body);
    const helper = await this.helpers.get(scope, helperId, { status: 'active' });
    await this.refuseWithoutPlan(scope);
    const connectionId = connectionOf(helper);
    const { event, filter } = body;
    const asked = { account_id: scope.accountId, connection_id: connectionId, event, filter };
    const words = await this.ask.ask(questions.prepareTrigger, asked, { timeoutMs: VENDOR_PATIENCE_MS });
    return this.unitOfWork.run(async (session) => {
      await this.guards.hold(session, scope, `triggers of ${helperId}`);
      await this.helpers.get(scope, helperId, { status: 'active', connection_id: connectionId });
      refuseMore(await this.triggers.ofHelper(scope, helperId), body);
      const trigger = await this.triggers.insert(scope, {
        _id: newId('trg'),
        helper_id: helperId,
        connection_id: connectionId,
        event,
        filter,
        tag_words: words.tag,
        field_words: words.field,
        created_by: userId,
        started_count: 0,
      });
      await this.tell(session, 'triggerCreated', trigger);
      return trigger;
    });
  }

  /** Whether the vendors tell of what these wait for; empty when that cannot be asked now. */
  async statesOf(scope: AccountScope, triggers: readonly TriggerRecord[]): Promise<Map<string, TriggerState>> {
    if (triggers.length === 0) return new Map();
    const asked = { account_id: scope.accountId, trigger_ids: triggers.map(({ _id }) => _id) };
    try {
      const { states } = await this.ask.ask(questions.triggerStates, asked);
      return new Map(
        states.map(({ trigger_id, state, reason }) => [
          trigger_id,
          { status: state, ...(reason !== undefined && { status_reason: reason }) },
        ]),
      );
    } catch (error) {
      if (!isProblem(error) || error.status !== 503) throw error;
      return new Map();
    }
  }

  async remove(scope: AccountScope, helperId: string, triggerId: string): Promise<void> {
    await this.unitOfWork.run(async (session) => {
      const trigger = await this.triggers.get(scope, triggerId, { helper_id: helperId });
      await this.drop(session, scope, trigger);
    });
  }

  /** With their helper; joins its transaction. */
  async removeAll(session: ClientSession, scope: AccountScope, helperId: string): Promise<void> {
    for (const trigger of await this.triggers.ofHelper(scope, helperId)) await this.drop(session, scope, trigger);
  }

  /** The helper has another connection, whose vendor may use other words; joins its transaction. */
  async move(session: ClientSession, scope: AccountScope, { _id, connection_id: to }: HelperRecord): Promise<void> {
    for (const trigger of await this.triggers.ofHelper(scope, _id)) {
      if (trigger.connection_id === to) continue;
      const moved = await this.triggers.change(scope, trigger._id, {
        $set: { tag_words: [], field_words: [], ...(to !== undefined && { connection_id: to }) },
        ...(to === undefined && { $unset: { connection_id: 1 } }),
      });
      await this.tell(session, 'triggerUpdated', moved);
    }
  }

  private async drop(session: ClientSession, scope: AccountScope, trigger: TriggerRecord): Promise<void> {
    await this.triggers.delete(scope, trigger._id);
    await this.tell(session, 'triggerDeleted', { ...trigger, version: trigger.version + 1 });
  }

  private async tell(session: ClientSession, fact: Fact, trigger: TriggerRecord): Promise<void> {
    const { _id, account_id, helper_id, connection_id, event, filter, version } = trigger;
    await this.outbox.add(session, events[fact], {
      subject: _id,
      accountId: account_id,
      data: {
        trigger_id: _id,
        helper_id,
        ...(connection_id !== undefined && { connection_id }),
        event,
        filter,
        version,
      },
    });
  }

  private async refuseWithoutPlan({ accountId }: AccountScope): Promise<void> {
    const plan = await this.ask.ask(questions.limits, { account_id: accountId });
    if (plan.limits.webhooks_enabled) return;
    throw featureNotAvailable('webhooks', plan, {
      does: 'does not start helpers by changes of contacts',
      use: 'use triggers',
    });
  }
}

function connectionOf({ connection_id: id }: HelperRecord): string {
  if (id !== undefined) return id;
  const message = 'Choose a connection for the helper first: its contacts are what a trigger listens to';
  throw new Problem(422, 'triggers.connection_required', message);
}

function refuseMore(existing: readonly TriggerRecord[], { event, filter }: NewTriggerBody): void {
  const same = ({ event: other, filter: conditions }: TriggerRecord): boolean =>
    other === event &&
    conditions.tag_id === filter.tag_id &&
    conditions.field === filter.field &&
    conditions.equals === filter.equals;
  if (existing.some(same)) {
    throw new Problem(
      409,
      'triggers.duplicate',
      'The helper has this trigger already; a second one would start it twice',
    );
  }
  if (existing.length >= MOST_OF_A_HELPER) {
    const message = `A helper has at most ${MOST_OF_A_HELPER} triggers: delete one, or use a wider filter`;
    throw new Problem(409, 'triggers.too_many', message, { data: { limit: MOST_OF_A_HELPER } });
  }
}
