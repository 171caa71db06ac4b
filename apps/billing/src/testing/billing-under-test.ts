import { environment } from './environment.js';
import { events, newId, questions } from '#contracts';
import type { AnswerOf } from '#contracts';
import { EventPublisher, Questions } from '#messaging';
import { startService } from '#service-defaults';
import type { RunningService } from '#service-defaults';
import { waitFor } from '#testing';
import { AccountPlans } from '../account-plans.js';
import { periodKey } from '../domain/billing-period.js';
import { UsageCountersRepository } from '../persistence/usage-counters.repository.js';
import { service } from '../service.js';
import { neighbourhood, NeighboursModule, tokenFor } from './neighbours.js';

export interface BillingUnderTest {
  running: RunningService;
  questions: Questions;
  /** Reserves new executions. */
  reserve(accountId: string, executionIds: string[]): Promise<AnswerOf<typeof questions.reserveUsage>>;
  /** Counts executions as booked in the present period without settling each: for large numbers. */
  book(accountId: string, count: number): Promise<void>;
  usage(accountId: string): Promise<AnswerOf<typeof questions.usage>>;
  /** Waits until the usage is as expected. */
  usageBecomes(accountId: string, expected: { booked: number; reserved: number }): Promise<void>;
  setPlan(accountId: string, plan: 'free' | 'start' | 'grow' | 'deliver'): Promise<AnswerOf<typeof questions.setPlan>>;
  /** Publishes the last event of an execution, as runners and the helpers service do. */
  end(accountId: string, executionId: string, how: 'completed' | 'failed' | 'cancelled', id?: string): Promise<void>;
  /** `data` of a successful answer, or the whole body of a failure. */
  get(
    path: string,
    accountId?: string,
    role?: Parameters<typeof tokenFor>[1],
  ): Promise<{ status: number; body: unknown }>;
  stop(): Promise<void>;
}

/** Starts billing on the suite's own databases and streams, with answering neighbours. */
export async function startBilling(): Promise<BillingUnderTest> {
  const running = await startService(service, { port: 0, host: '127.0.0.1', imports: [NeighboursModule] });
  const ask = running.app.get(Questions);
  const publisher = running.app.get(EventPublisher);
  const usage = (account_id: string): Promise<AnswerOf<typeof questions.usage>> =>
    ask.ask(questions.usage, { account_id });
  return {
    running,
    questions: ask,
    usage,
    reserve: (account_id, execution_ids) =>
      ask.ask(questions.reserveUsage, { account_id, reservation_id: newId('rsv'), execution_ids }),
    book: async (accountId, booked) => {
      const plans = running.app.get(AccountPlans);
      plans.forget(accountId);
      const { period } = await plans.of(accountId);
      await running.app
        .get(UsageCountersRepository)
        .addSettled([{ accountId, period: periodKey(accountId, period), booked, closed: 0 }]);
    },
    usageBecomes: async (accountId, expected) => {
      await waitFor(
        async () => {
          const { booked, reserved } = await usage(accountId);
          return booked === expected.booked && reserved === expected.reserved;
        },
        { what: `usage ${JSON.stringify(expected)}` },
      );
    },
    setPlan: (account_id, plan) => {
      neighbourhood.accounts.add(account_id);
      return ask.ask(questions.setPlan, { account_id, plan });
    },
    end: async (accountId, executionId, how, id) => {
      await publisher.publish(endings[how], {
        subject: executionId,
        accountId,
        detail: 'tag_it',
        data: endingData(accountId, executionId, how),
        ...(id !== undefined && { id }),
      } as never);
    },
    get: async (path, accountId, role) => {
      const headers = accountId === undefined ? {} : { authorization: `Bearer ${await tokenFor(accountId, role)}` };
      const response = await fetch(`${running.url}${path}`, { headers });
      const body = (await response.json()) as { data?: unknown };
      return { status: response.status, body: response.ok ? body.data : body };
    },
    stop: async () => {
      await running.stop();
    },
  };
}

export const newExecutions = (count: number): string[] => Array.from({ length: count }, () => newId('exec'));

export { environment, neighbourhood };

const endings = {
  completed: events.executionCompleted,
  failed: events.executionFailed,
  cancelled: events.executionCancelled,
} as const;

function endingData(accountId: string, executionId: string, how: keyof typeof endings): Record<string, unknown> {
  const now = new Date().toISOString();
  return {
    execution_id: executionId,
    helper_id: 'helper:1',
    helper_type: 'tag_it',
    account_id: accountId,
    status: how,
    trigger_type: 'api',
    attempt: 1,
    runner: 'suite',
    timeline: [],
    started_at: now,
    completed_at: now,
    cancelled_at: now,
    duration_ms: 1,
    output: {},
    error: { code: 'crm_error', class: 'give_up', message: 'no' },
  };
}
