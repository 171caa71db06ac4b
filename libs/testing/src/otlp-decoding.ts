import { z } from 'zod';

/** A span as it left a process. */
export interface ReceivedSpan {
  service: string;
  name: string;
  /** W3C ids in lower-case hex; the parent is '' for a root span. */
  traceId: string;
  spanId: string;
  parentSpanId: string;
  /** OTLP numbers: 1 internal, 2 server, 3 client, 4 producer, 5 consumer. */
  kind: number;
  startNanos: bigint;
  endNanos: bigint;
  /** OTLP status code: 0 unset, 1 ok, 2 error. */
  statusCode: number;
  attributes: Record<string, unknown>;
  links: { traceId: string; spanId: string }[];
}

/** A metric as it left a process; data points stay in OTLP's own shape. */
export interface ReceivedMetric {
  service: string;
  name: string;
  unit: string;
  data: Record<string, unknown>;
}

const Attribute = z.object({ key: z.string(), value: z.record(z.string(), z.unknown()).optional() });
const Resource = z.object({ attributes: z.array(Attribute).default([]) }).optional();

const Traces = z.object({
  resourceSpans: z.array(
    z.object({
      resource: Resource,
      scopeSpans: z.array(
        z.object({
          spans: z.array(
            z.object({
              traceId: z.string(),
              spanId: z.string(),
              parentSpanId: z.string().default(''),
              name: z.string(),
              kind: z.number().default(0),
              startTimeUnixNano: z.coerce.bigint(),
              endTimeUnixNano: z.coerce.bigint(),
              attributes: z.array(Attribute).default([]),
              status: z.object({ code: z.number().default(0) }).optional(),
              links: z.array(z.object({ traceId: z.string(), spanId: z.string() })).default([]),
            }),
          ),
        }),
      ),
    }),
  ),
});

const Metrics = z.object({
  resourceMetrics: z.array(
    z.object({
      resource: Resource,
      scopeMetrics: z.array(
        z.object({ metrics: z.array(z.looseObject({ name: z.string(), unit: z.string().default('') })) }),
      ),
    }),
  ),
});

/** Reads the body of an OTLP/JSON trace export. @throws ZodError when it is none */
export function readSpans(json: unknown): ReceivedSpan[] {
  return Traces.parse(json).resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap((scope) =>
      scope.spans.map((span) => ({
        service: serviceOf(resource),
        name: span.name,
        traceId: span.traceId,
        spanId: span.spanId,
        parentSpanId: span.parentSpanId,
        kind: span.kind,
        startNanos: span.startTimeUnixNano,
        endNanos: span.endTimeUnixNano,
        statusCode: span.status?.code ?? 0,
        attributes: plain(span.attributes),
        links: span.links,
      })),
    ),
  );
}

/** Reads the body of an OTLP/JSON metrics export. @throws ZodError when it is none */
export function readMetrics(json: unknown): ReceivedMetric[] {
  return Metrics.parse(json).resourceMetrics.flatMap(({ resource, scopeMetrics }) =>
    scopeMetrics.flatMap((scope) =>
      scope.metrics.map(({ name, unit, ...data }) => ({ service: serviceOf(resource), name, unit, data })),
    ),
  );
}

function serviceOf(resource: z.infer<typeof Resource>): string {
  const name = plain(resource?.attributes ?? [])['service.name'];
  return typeof name === 'string' ? name : '';
}

/** OTLP wraps each value in its type's name: `{intValue: "5"}`. */
function plain(attributes: z.infer<typeof Attribute>[]): Record<string, unknown> {
  return Object.fromEntries(
    attributes.map(({ key, value = {} }) => {
      const [type, content] = Object.entries(value)[0] ?? [];
      return [key, type === 'intValue' ? Number(content) : content];
    }),
  );
}
