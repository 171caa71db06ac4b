import { z } from 'zod';
import { CloudEvent, events, type EventData, type EventDefinition } from '#contracts';
import type { BulkWrite } from '#persistence';
import type { ExecutionRecord } from '../domain/execution-record.js';
import { executionStates } from '../persistence/execution-states.js';
import { expiryOf } from '../persistence/executions.collection.js';

type Write = BulkWrite<ExecutionRecord>;

/** One event about an execution, as far as the projection needs it. */
export interface ProjectedEvent {
  executionId: string;
  accountId: string;
  helperId: string;
  connectionId?: string;
  contactId?: string;
  parentId?: string;
  /** What it means for the release of other jobs. */
  effect: 'ended' | 'waits' | 'none';
  completed: boolean;
  at: Date;
  until?: Date;
  change: Write;
}

const ENDED = { open: 1, hold: 1, not_before: 1, waiting: 1 } as const;

/** Only an execution that has not ended changes, so late and repeated events change nothing. */
function change(executionId: string, update: Record<string, unknown>): Write {
  return { updateOne: { filter: { _id: executionId, status: { $in: executionStates.unfinished } }, update } } as Write;
}

type Fact = EventData<typeof events.executionQueued>;

const projected = (fact: Fact, at: Date, effect: ProjectedEvent['effect'], write: Write): ProjectedEvent => ({
  executionId: fact.execution_id,
  accountId: fact.account_id,
  helperId: fact.helper_id,
  ...(fact.connection_id !== undefined && { connectionId: fact.connection_id }),
  ...(fact.contact_id !== undefined && { contactId: fact.contact_id }),
  ...(fact.parent_id !== undefined && { parentId: fact.parent_id }),
  effect,
  completed: false,
  at,
  change: write,
});

function started(data: EventData<typeof events.executionStarted>): ProjectedEvent {
  const at = new Date(data.started_at);
  return projected(
    data,
    at,
    'none',
    change(data.execution_id, {
      $set: { status: 'running', started_at: at, attempt: data.attempt, updated_at: at },
      $push: { events: { $each: data.timeline } },
      $inc: { version: 1 },
    }),
  );
}

function waits(data: EventData<typeof events.executionWaiting>, at: Date): ProjectedEvent {
  const until = new Date(data.until);
  return {
    ...projected(
      data,
      at,
      'waits',
      change(data.execution_id, {
        $set: {
          // Work had begun: nothing goes back to pending, and nobody may cancel it any more.
          ...(data.status === 'running' && { status: 'running' }),
          held: true,
          hold: 'wait',
          not_before: until,
          waiting: { reason: data.reason, until },
          attempt: data.next_attempt,
          updated_at: at,
        },
        $push: { events: { $each: data.timeline } },
        $inc: { version: 1 },
      }),
    ),
    until,
  };
}

function ended(
  data: EventData<typeof events.executionCompleted> | EventData<typeof events.executionFailed>,
): ProjectedEvent {
  const at = new Date(data.completed_at);
  return {
    ...projected(
      data,
      at,
      'ended',
      change(data.execution_id, {
        $set: {
          status: data.status,
          started_at: new Date(data.started_at),
          completed_at: at,
          duration_ms: data.duration_ms,
          attempt: data.attempt,
          output: data.output,
          ...('error' in data && { error: data.error }),
          expire_at: expiryOf(at),
          updated_at: at,
        },
        $unset: ENDED,
        $push: { events: { $each: data.timeline } },
        $inc: { version: 1 },
      }),
    ),
    completed: data.status === 'completed' && data.dry_run !== true,
  };
}

function deadLettered(data: EventData<typeof events.executionDeadLettered>, at: Date): ProjectedEvent {
  const entry = {
    at: at.toISOString(),
    type: 'dead_lettered',
    message: data.error.message,
    data: { dead_letter_id: data.dead_letter_id },
  };
  const write = {
    updateOne: {
      filter: { _id: data.execution_id, 'events.type': { $ne: 'dead_lettered' } },
      update: { $push: { events: entry }, $inc: { version: 1 } },
    },
  } as unknown as Write;
  return projected(data, at, 'none', write);
}

const readers: Record<string, (data: unknown, at: Date) => ProjectedEvent> = {};
function reads<Definition extends EventDefinition>(
  definition: Definition,
  read: (data: EventData<Definition>, at: Date) => ProjectedEvent,
): void {
  readers[definition.type] = (data, at) => read(definition.data.parse(data) as EventData<Definition>, at);
}
reads(events.executionStarted, started);
reads(events.executionWaiting, waits);
reads(events.executionCompleted, ended);
reads(events.executionFailed, ended);
reads(events.executionDeadLettered, deadLettered);

const Envelope = CloudEvent.extend({ data: z.unknown() });

/** Reads an execution event; null for one that this projection does not use. @throws ZodError when it is malformed */
export function projectedEvent(body: unknown): ProjectedEvent | null {
  const event = Envelope.parse(body);
  return readers[event.type]?.(event.data, new Date(event.time)) ?? null;
}

/** Facts of the subjects the projection reads. */
export const PROJECTED_FACTS = ['started', 'waiting', 'completed', 'failed', 'dead_lettered'] as const;
