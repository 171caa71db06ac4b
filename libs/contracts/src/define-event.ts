import { z } from 'zod';
import { subjects } from './subjects.js';

export interface EventDefinition<Data extends z.ZodType = z.ZodType> {
  readonly domain: string;
  readonly entity: string;
  readonly fact: string;
  readonly version: number;
  readonly summary: string;
  /** CloudEvents `type`: `mfh.<domain>.<entity>.<fact>.v<version>`. */
  readonly type: string;
  readonly data: Data;
  /** True where a detail token (the helper type) follows the fact in the subject. */
  readonly detailed: boolean;
  /** The NATS subject; `detail` is required for detailed events. */
  subject(detail?: string): string;
}

export interface EventInput<Data extends z.ZodType> {
  domain: string;
  entity: string;
  fact: string;
  version?: number;
  summary: string;
  detailed?: boolean;
  data: Data;
}

/** Declares a fact that leaves a service: past tense, versioned, additive changes only. */
export function defineEvent<Data extends z.ZodType>(input: EventInput<Data>): EventDefinition<Data> {
  const { domain, entity, fact, version = 1, summary, detailed = false, data } = input;
  return {
    domain,
    entity,
    fact,
    version,
    summary,
    detailed,
    data,
    type: `mfh.${domain}.${entity}.${fact}.v${version}`,
    subject: (detail) => subjects.event(domain, entity, fact, detail),
  };
}

/** CloudEvents 1.0 (structured JSON), with the extensions `accountid` and `traceparent`. */
export const CloudEvent = z.object({
  specversion: z.literal('1.0'),
  id: z.string().min(1),
  source: z.string().min(1),
  type: z.string().min(1),
  subject: z.string().optional(),
  time: z.iso.datetime(),
  datacontenttype: z.literal('application/json'),
  accountid: z.string().optional(),
  traceparent: z.string().optional(),
  data: z.unknown(),
});
export type CloudEvent<Data = unknown> = Omit<z.infer<typeof CloudEvent>, 'data'> & { data: Data };

export type EventData<Definition extends EventDefinition> = z.infer<Definition['data']>;
