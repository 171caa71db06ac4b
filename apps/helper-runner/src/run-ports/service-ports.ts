import { isProblem, questions, type ExecutionJob } from '#contracts';
import {
  HelperFailure,
  type ChildExecutions,
  type ChildStep,
  type ContactSnapshots,
  type CounterStore,
  type HelpersDirectory,
  type StateStore,
} from '#helpers';
import type { Questions } from '#messaging';

/** Asks the helpers service; what it cannot answer now is a reason to try again. */
async function asked<T>(answer: Promise<T>, code: string): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (isProblem(error) && error.status < 500)
      throw new HelperFailure(error.code.split('.').at(-1) ?? code, 'give_up', error.message, { cause: error });
    throw new HelperFailure(code, 'retry', 'A service of the platform did not answer', { cause: error });
  }
}

/** Counters in the helpers service's database; one execution and step counts once. */
export const counterStore = (ask: Questions, job: ExecutionJob): CounterStore => ({
  countInWindow: (key, max, windowSeconds, step = 'count') =>
    asked(
      ask.ask(questions.countInWindow, {
        account_id: job.account_id,
        key,
        token: `${job.journal_id}.${step}`,
        max,
        window_seconds: windowSeconds,
      }),
      'state_store_error',
    ),
});

/** What helpers keep between runs, in the helpers service's database; one execution and step changes it once. */
export const stateStore = (ask: Questions, job: ExecutionJob): StateStore => ({
  async advance(key, step = 'advance') {
    const token = `${job.journal_id}.${step}`;
    const question = ask.ask(questions.advanceCounter, { account_id: job.account_id, key, token });
    return (await asked(question, 'state_store_error')).value;
  },
  async read(key) {
    const question = ask.ask(questions.readState, { account_id: job.account_id, key });
    return (await asked(question, 'state_store_error')).value;
  },
  compareAndSet: ({ key, expected, next, keepUntil, step = 'change' }) =>
    asked(
      ask.ask(questions.changeState, {
        account_id: job.account_id,
        key,
        token: `${job.journal_id}.${step}`,
        expected,
        next,
        ...(keepUntil !== undefined && { keep_until: keepUntil.toISOString() }),
      }),
      'state_store_error',
    ),
});

/** Contacts as they were, in the helpers service's database. */
export const contactSnapshots = (ask: Questions, job: ExecutionJob): ContactSnapshots => ({
  async store({ id, takenAt, keepUntil, data }) {
    const question = ask.ask(questions.storeSnapshot, {
      account_id: job.account_id,
      snapshot_id: id,
      contact_id: job.contact_id ?? '',
      helper_id: job.helper_id,
      execution_id: job.execution_id,
      ...(job.connection_id !== undefined && { connection_id: job.connection_id }),
      taken_at: takenAt.toISOString(),
      keep_until: keepUntil.toISOString(),
      data,
    });
    await asked(question, 'snapshot_store_error');
  },
});

/** The helpers of the execution's account. */
export const helpersDirectory = (ask: Questions, job: ExecutionJob): HelpersDirectory => ({
  async resolve(identifier) {
    const helper = await asked(
      ask.ask(questions.resolveHelper, { account_id: job.account_id, identifier }),
      'directory_unavailable',
    );
    if (helper === null) return null;
    return {
      helperId: helper.helper_id,
      helperType: helper.helper_type,
      name: helper.name,
      enabled: helper.enabled,
      config: helper.config,
      ...(helper.connection_id !== undefined && { connectionId: helper.connection_id }),
    };
  },
});

const wireStep = ({ helperId, config, contactId, delaySeconds }: ChildStep) => ({
  helper_id: helperId,
  ...(config && { config }),
  ...(contactId !== undefined && { contact_id: contactId }),
  delay_seconds: delaySeconds,
});

/** Durable child executions of this one. */
export const childExecutions = (ask: Questions, job: ExecutionJob): ChildExecutions => ({
  async start(sequence) {
    const answer = await asked(
      ask.ask(questions.startChildren, {
        account_id: job.account_id,
        parent_execution_id: job.execution_id,
        ...(job.contact_id !== undefined && { contact_id: job.contact_id }),
        ...(job.user_id !== undefined && { user_id: job.user_id }),
        input: sequence.input,
        steps: sequence.steps.map(wireStep),
        stop_on_failure: sequence.stopOnFailure,
        on_success: sequence.onSuccess.map(wireStep),
        on_failure: sequence.onFailure.map(wireStep),
        depth: job.depth + 1,
      }),
      'children_unavailable',
    );
    return answer.execution_ids;
  },
});
