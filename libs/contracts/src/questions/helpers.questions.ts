import { z } from 'zod';
import { defineQuestion } from '../define-question.js';
import { EXECUTION_STATUSES } from '../execution.js';
import { ExecutionItem } from '../execution-item.js';

const service = 'helpers';

/** One step of a chain, resolved and checked by `startChildren`. */
export const ChildStep = z.object({
  helper_id: z.string(),
  config: z.record(z.string(), z.unknown()).optional(),
  /** Another contact than that of the whole chain. */
  contact_id: z.string().optional(),
  /** Whole seconds between the end of the previous step (or now) and the start of this one. */
  delay_seconds: z.number().int().min(0),
});
export type ChildStep = z.infer<typeof ChildStep>;

/** Names what a helper keeps between runs, within its account. */
const StateKey = z.string().min(1).max(500);

export const helpersQuestions = {
  executionState: defineQuestion({
    service,
    name: 'execution-state',
    summary: 'How an execution stands, once every event published so far has been applied.',
    request: z.object({ execution_id: z.string() }),
    answer: z.object({
      known: z.boolean(),
      status: z.enum(EXECUTION_STATUSES).optional(),
      /** False for a job that waits outside the stream: a delivery of it is out of date. */
      in_stream: z.boolean(),
    }),
  }),
  executionsKnown: defineQuestion({
    service,
    name: 'executions-known',
    summary: 'Which of these executions exist, and which of those have ended.',
    request: z.object({ execution_ids: z.array(z.string()).max(1000) }),
    answer: z.object({
      known: z.array(z.string()),
      ended: z.array(
        z.object({
          execution_id: z.string(),
          account_id: z.string(),
          status: z.enum(['completed', 'failed', 'cancelled']),
          at: z.iso.datetime(),
        }),
      ),
    }),
  }),
  executionItems: defineQuestion({
    service,
    name: 'execution-items',
    summary: 'Executions of an account as lists show them; ids of others are left out.',
    request: z.object({ account_id: z.string(), execution_ids: z.array(z.string()).max(500) }),
    answer: z.object({ items: z.array(ExecutionItem) }),
  }),
  frozenConfig: defineQuestion({
    service,
    name: 'frozen-config',
    summary:
      'The configuration that was frozen for an execution, its secrets sealed by a present key: for a job whose own ' +
      'copy was sealed by a key that is gone. 404 when there is none.',
    request: z.object({ account_id: z.string(), execution_id: z.string() }),
    answer: z.object({ config: z.record(z.string(), z.unknown()) }),
  }),
  resolveHelper: defineQuestion({
    service,
    name: 'resolve-helper',
    summary: 'A helper of an account by id, bare uuid or short key; null when there is none.',
    request: z.object({ account_id: z.string(), identifier: z.string() }),
    answer: z
      .object({
        helper_id: z.string(),
        helper_type: z.string(),
        name: z.string(),
        enabled: z.boolean(),
        connection_id: z.string().optional(),
        config: z.record(z.string(), z.unknown()),
      })
      .nullable(),
  }),
  startChildren: defineQuestion({
    service,
    name: 'start-children',
    summary: 'Makes the steps of a chain durable; repeating the question gives the same ids.',
    request: z.object({
      account_id: z.string(),
      parent_execution_id: z.string(),
      contact_id: z.string().optional(),
      user_id: z.string().optional(),
      input: z.record(z.string(), z.unknown()),
      steps: z.array(ChildStep).min(1).max(1000),
      stop_on_failure: z.boolean(),
      on_success: z.array(ChildStep),
      on_failure: z.array(ChildStep),
      depth: z.number().int(),
    }),
    answer: z.object({ execution_ids: z.array(z.string()) }),
  }),
  countInWindow: defineQuestion({
    service,
    name: 'count-in-window',
    summary: 'Counts one run in a fixed window, exactly, unless the maximum is reached; the same token counts once.',
    request: z.object({
      account_id: z.string(),
      key: z.string(),
      token: z.string(),
      max: z.number().int().min(1),
      window_seconds: z.number().int().min(1),
    }),
    answer: z.object({ allowed: z.boolean(), count: z.number().int() }),
  }),
  advanceCounter: defineQuestion({
    service,
    name: 'advance-counter',
    summary: 'Moves a counter of an account on by one, exactly; the same token gets the same number again.',
    request: z.object({ account_id: z.string(), key: StateKey, token: z.string() }),
    answer: z.object({ value: z.number().int() }),
  }),
  storeSnapshot: defineQuestion({
    service,
    name: 'store-snapshot',
    summary: 'Keeps a contact as it was; the same id again changes nothing.',
    request: z.object({
      account_id: z.string(),
      snapshot_id: z.string().regex(/^[0-9a-f]{32}$/),
      contact_id: z.string().min(1),
      helper_id: z.string(),
      execution_id: z.string(),
      connection_id: z.string().optional(),
      taken_at: z.iso.datetime(),
      keep_until: z.iso.datetime(),
      data: z.record(z.string(), z.unknown()),
    }),
    answer: z.object({ stored: z.boolean() }),
  }),
  readState: defineQuestion({
    service,
    name: 'read-state',
    summary: 'What helpers of an account keep under a key; null when nothing.',
    request: z.object({ account_id: z.string(), key: StateKey }),
    answer: z.object({ value: z.string().nullable() }),
  }),
  changeState: defineQuestion({
    service,
    name: 'change-state',
    summary: 'Stores a value if the expected one is there (null: none), in one step; answers what is stored then.',
    request: z.object({
      account_id: z.string(),
      key: StateKey,
      token: z.string(),
      expected: z.string().nullable(),
      next: z.string().max(4000),
      keep_until: z.iso.datetime().optional(),
    }),
    answer: z.object({ stored: z.boolean(), value: z.string().nullable() }),
  }),
  readCount: defineQuestion({
    service,
    name: 'read-count',
    summary: 'How a counter of helpers stands, without counting: one in a window, or one that runs on for ever.',
    request: z.object({ account_id: z.string(), kind: z.enum(['window', 'lasting']), key: z.string() }),
    answer: z.object({ count: z.number().int() }),
  }),
  makeRoomForFile: defineQuestion({
    service,
    name: 'make-room-for-file',
    summary:
      'Takes room in the plan for a file before it is stored; repeating it for the same key takes no more. ' +
      '403 billing.limit_reached when there is none.',
    request: z.object({ account_id: z.string(), key: z.string(), size: z.number().int().min(0) }),
    answer: z.object({}),
  }),
  storageUsed: defineQuestion({
    service,
    name: 'storage-used',
    summary: 'How many bytes of files an account keeps.',
    request: z.object({ account_id: z.string() }),
    answer: z.object({ bytes: z.number().int().min(0) }),
  }),
  countHelpers: defineQuestion({
    service,
    name: 'count-helpers',
    summary: 'How many helpers an account has.',
    request: z.object({ account_id: z.string() }),
    answer: z.object({ count: z.number().int() }),
  }),
  replayDeadLetter: defineQuestion({
    service,
    name: 'replay-dead-letter',
    summary: "An operator's replay of one dead letter; 409 when it was replayed or discarded already.",
    request: z.object({ account_id: z.string(), dead_letter_id: z.string() }),
    answer: z.object({ execution_id: z.string() }),
  }),
} as const;
