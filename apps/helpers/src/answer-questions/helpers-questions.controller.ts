import { Controller } from '@nestjs/common';
import { questions, scopeOf, type AnswerOf, type RequestOf } from '#contracts';
import { Answers } from '#messaging';
import type { ExecutionRecord } from '../domain/execution-record.js';
import { ReplayDeadLetters } from '../dead-letters/replay-dead-letters.js';
import { ContactSnapshotsRepository } from '../contact-snapshots/contact-snapshots.repository.js';
import { ExecutionsRepository } from '../persistence/executions.repository.js';
import { HelpersRepository } from '../persistence/helpers.repository.js';
import { Projector } from '../project-events/projector.js';
import { StartChildren } from '../start-children/start-children.js';
import { executionItem } from '../views/execution-view.js';
import { CountInWindow } from './count-in-window.js';
import { HelperCounters } from './helper-counters.js';
import { HelperState } from './helper-state.js';

const CATCH_UP_MS = 3_000;

/** What other services ask this one. */
@Controller()
export class HelpersQuestionsController {
  constructor(
    private readonly executions: ExecutionsRepository,
    private readonly helpers: HelpersRepository,
    private readonly windows: CountInWindow,
    private readonly counters: HelperCounters,
    private readonly state: HelperState,
    private readonly children: StartChildren,
    private readonly projector: Projector,
    private readonly deadLetters: ReplayDeadLetters,
    private readonly snapshots: ContactSnapshotsRepository,
  ) {}

  /** Runners ask this only of jobs that came more than once: it waits until the projection knows everything. */
  @Answers(questions.executionState)
  async executionState({
    execution_id,
  }: RequestOf<typeof questions.executionState>): Promise<AnswerOf<typeof questions.executionState>> {
    await this.projector.caughtUp(CATCH_UP_MS);
    const [record] = await this.executions.byIds([execution_id]);
    if (record === undefined) return { known: false, in_stream: false };
    return { known: true, status: record.status, in_stream: record.open === true && !record.held };
  }

  @Answers(questions.executionsKnown)
  async executionsKnown({ execution_ids }: RequestOf<typeof questions.executionsKnown>) {
    const records = await this.executions.byIds(execution_ids);
    return { known: records.map((record) => record._id), ended: records.flatMap(endOf) };
  }

  @Answers(questions.executionItems)
  async executionItems({ account_id, execution_ids }: RequestOf<typeof questions.executionItems>) {
    const records = await this.executions.list(scopeOf(account_id), { _id: { $in: execution_ids } });
    return { items: records.map(executionItem) };
  }

  @Answers(questions.frozenConfig)
  async frozenConfig({ account_id, execution_id }: RequestOf<typeof questions.frozenConfig>) {
    const { config } = await this.executions.get(scopeOf(account_id), execution_id);
    return { config };
  }

  @Answers(questions.resolveHelper)
  async resolveHelper({ account_id, identifier }: RequestOf<typeof questions.resolveHelper>) {
    const helper = await this.helpers.resolve(scopeOf(account_id), identifier);
    if (helper === null) return null;
    return {
      helper_id: helper._id,
      helper_type: helper.helper_type,
      name: helper.name,
      enabled: helper.enabled,
      ...(helper.connection_id !== undefined && { connection_id: helper.connection_id }),
      config: helper.config,
    };
  }

  @Answers(questions.startChildren)
  async startChildren(request: RequestOf<typeof questions.startChildren>) {
    return { execution_ids: await this.children.start(request) };
  }

  @Answers(questions.countInWindow)
  countInWindow({ account_id, key, token, max, window_seconds }: RequestOf<typeof questions.countInWindow>) {
    return this.windows.countOnce(account_id, key, token, max, window_seconds);
  }

  @Answers(questions.advanceCounter)
  async advanceCounter({ account_id, key, token }: RequestOf<typeof questions.advanceCounter>) {
    return { value: await this.counters.advance(account_id, key, token) };
  }

  @Answers(questions.storeSnapshot)
  async storeSnapshot(request: RequestOf<typeof questions.storeSnapshot>) {
    return { stored: await this.snapshots.keep(request) };
  }

  @Answers(questions.readState)
  async readState({ account_id, key }: RequestOf<typeof questions.readState>) {
    return { value: await this.state.read(account_id, key) };
  }

  @Answers(questions.changeState)
  changeState({ account_id, keep_until, ...change }: RequestOf<typeof questions.changeState>) {
    return this.state.compareAndSet(account_id, {
      ...change,
      ...(keep_until !== undefined && { keepUntil: new Date(keep_until) }),
    });
  }

  @Answers(questions.readCount)
  async readCount({ account_id, kind, key }: RequestOf<typeof questions.readCount>) {
    const counters = kind === 'window' ? this.windows : this.counters;
    return { count: await counters.current(account_id, key) };
  }

  @Answers(questions.countHelpers)
  async countHelpers({ account_id }: RequestOf<typeof questions.countHelpers>) {
    return { count: await this.helpers.countActive(scopeOf(account_id)) };
  }

  /** For operators, who have no token of the account. */
  @Answers(questions.replayDeadLetter)
  async replayDeadLetter({ account_id, dead_letter_id }: RequestOf<typeof questions.replayDeadLetter>) {
    const operator = { accountId: account_id, scope: scopeOf(account_id) };
    return { execution_id: await this.deadLetters.one(operator, dead_letter_id, false) };
  }
}

/** The end of an execution, for those that have ended. */
function endOf({ _id, account_id, status, completed_at, updated_at }: ExecutionRecord) {
  if (status === 'pending' || status === 'running') return [];
  return [{ execution_id: _id, account_id, status, at: (completed_at ?? updated_at).toISOString() }];
}
