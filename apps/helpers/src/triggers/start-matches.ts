import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { isProblem, scopeOf } from '#contracts';
import { failPoint } from '#messaging';
import { RepeatedWork, takeDue } from '#service-defaults';
import { counter } from '#telemetry';
import { AcceptExecution } from '../accept-execution/accept-execution.service.js';
import type { ExecutionRequest } from '../accept-execution/execution-request.js';
import { HelperDirectory, type KnownHelper } from '../execute-helper/helper-directory.js';
import { OwnChanges } from './own-changes.js';
import { TriggerMatches, type TriggerMatch } from './trigger-matches.repository.js';
import { Triggers, type TriggerRecord } from './trigger.repository.js';
import { WebhooksAllowed } from './webhooks-allowed.js';

const ROUND_MS = 500;
const AT_ONCE = 8;
/** Pause before asking again whether an execution has ended. */
const UNDECIDED_MS = 150;
/** After this long what is known of it decides. */
const UNDECIDED_FOR_MS = 30_000;
const UNAVAILABLE_MS = 2_000;

const decided = counter({
  name: 'mfh.triggers.decided',
  description: 'Changes that triggers waited for, by what became of them',
  unit: '{change}',
});

/**
 * Starts helpers by the changes they waited for: one execution for each change and trigger. An execution's lineage
 * names the helpers whose runs led to it; a change that such a run made starts none of them again.
 */
@Injectable()
export class StartMatches implements OnApplicationBootstrap {
  private readonly work = new RepeatedWork('starting helpers by changes', ROUND_MS, () => this.round());

  constructor(
    private readonly found: TriggerMatches,
    private readonly triggers: Triggers,
    private readonly helpers: HelperDirectory,
    private readonly origins: OwnChanges,
    private readonly allowed: WebhooksAllowed,
    private readonly acceptance: AcceptExecution,
  ) {}

  onApplicationBootstrap(): void {
    this.work.start();
  }

  stopWork(): Promise<void> {
    return this.work.stop();
  }

  wake(): void {
    this.work.wake();
  }

  private async round(): Promise<boolean> {
    const due = await takeDue(() => this.found.take(new Date()), AT_ONCE);
    await Promise.all(due.map((match) => this.decide(match)));
    return due.length > 0;
  }

  private async decide(match: TriggerMatch): Promise<void> {
    const scope = scopeOf(match.account_id);
    const trigger = await this.triggers.find(scope, match.trigger_id);
    const helper = trigger === null ? undefined : await this.helperOf(match);
    if (trigger === null || helper === undefined) return this.leaveOut(match, 'deleted');
    const obstacle = await this.obstacleTo(match, helper);
    if (obstacle !== undefined) return this.leaveOut(match, obstacle);
    const { undecided, lineage } = await this.origins.originOf(match, trigger);
    const waited = Date.now() - match.heard_at.getTime();
    if (undecided.length > 0 && waited < UNDECIDED_FOR_MS) {
      return this.found.later(scope, match, new Date(Date.now() + UNDECIDED_MS), undecided);
    }
    if (lineage.includes(match.helper_id)) return this.leaveOut(match, 'own_change');
    await this.start(match, trigger, helper, [...lineage, match.helper_id]);
  }

  private async helperOf(match: TriggerMatch): Promise<KnownHelper | undefined> {
    try {
      return await this.helpers.find(scopeOf(match.account_id), match.helper_id);
    } catch (error) {
      if (isProblem(error) && error.status === 404) return undefined;
      throw error;
    }
  }

  private async obstacleTo(match: TriggerMatch, { record, configErrors }: KnownHelper): Promise<string | undefined> {
    if (!record.enabled) return 'helper_disabled';
    if (record.connection_id !== match.change.connection_id) return 'connection_changed';
    if (configErrors.length > 0) return 'config_incomplete';
    return (await this.allowed.for(match.account_id)) ? undefined : 'plan';
  }

  private async start(
    match: TriggerMatch,
    trigger: TriggerRecord,
    { record }: KnownHelper,
    lineage: string[],
  ): Promise<void> {
    const scope = scopeOf(match.account_id);
    const { change, tag, field, occurred_at, contact_id } = match.change;
    const about = { ...(tag !== undefined && { tag }), ...(field !== undefined && { field }) };
    const request: ExecutionRequest = {
      accountId: match.account_id,
      helper: {
        id: record._id,
        type: record.helper_type,
        name: record.name,
        config: record.config,
        ...(record.connection_id !== undefined && { connectionId: record.connection_id }),
      },
      contactId: contact_id,
      input: { trigger: { trigger_id: trigger._id, event: change, ...about, occurred_at } },
      query: {},
      trigger: 'webhook',
      userId: trigger.created_by,
      executionId: match.execution_id,
      depth: lineage.length - 1,
      lineage,
    };
    failPoint('triggers.before-accept');
    try {
      await this.acceptance.accept(request);
    } catch (error) {
      if (!isProblem(error)) throw error;
      if (error.code === 'account.suspended') return this.leaveOut(match, 'account_closing');
      if (error.code === 'billing.quota_exceeded') return this.leaveOut(match, 'quota_exceeded');
      const seconds = Number(error.headers['Retry-After']);
      const pause = seconds > 0 ? seconds * 1000 : UNAVAILABLE_MS;
      return this.found.later(scope, match, new Date(Date.now() + pause));
    }
    failPoint('triggers.after-accept');
    await this.found.decide(scope, match, 'started');
    await this.triggers.noteStart(scope, trigger._id, new Date());
    decided.add(1, { outcome: 'started' });
  }

  private async leaveOut(match: TriggerMatch, reason: string): Promise<void> {
    const scope = scopeOf(match.account_id);
    await this.found.decide(scope, match, 'left_out', reason);
    await this.triggers.noteLeftOut(scope, match.trigger_id, new Date(), reason);
    decided.add(1, { outcome: reason });
  }
}
