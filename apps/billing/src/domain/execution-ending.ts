import { z } from 'zod';
import { events } from '#contracts';

/** An execution reached its end: completed ones are booked, all others give their reservation back. */
export interface ExecutionEnding {
  executionId: string;
  accountId: string;
  outcome: 'booked' | 'released';
  at: Date;
}

/** Facts that end an execution. */
export const ENDING_FACTS = [events.executionCompleted, events.executionFailed, events.executionCancelled] as const;

const endingTypes = new Set(ENDING_FACTS.map(({ type }) => type));

/** The part of an ending event that counts here; outputs and timelines are not even looked at. */
const EndingEvent = z.object({
  type: z.string(),
  time: z.iso.datetime(),
  data: z.object({ execution_id: z.string(), account_id: z.string(), dry_run: z.boolean().optional() }),
});

/** Nothing for dry runs, which are not metered. @throws ZodError when the text is no event of an execution */
export function endingOf(event: unknown): ExecutionEnding | undefined {
  const { type, time, data } = EndingEvent.parse(event);
  if (!endingTypes.has(type) || data.dry_run === true) return undefined;
  return {
    executionId: data.execution_id,
    accountId: data.account_id,
    outcome: type === events.executionCompleted.type ? 'booked' : 'released',
    at: new Date(time),
  };
}
