import { metrics, type Attributes, type ObservableResult } from '@opentelemetry/api';

const meter = metrics.getMeter('myfusionhelper');

export interface MetricDefinition {
  /** Dotted and stable, beginning with `mfh.`: dashboards and alerts name it. */
  name: string;
  description: string;
  /** UCUM: `s`, `By`, `{execution}`. */
  unit?: string;
}

export interface Counter {
  add(amount?: number, labels?: Attributes): void;
}

export interface Histogram {
  record(value: number, labels?: Attributes): void;
}

/** Bounds in seconds that fit both an accept of a few milliseconds and a run of minutes. */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];
const SIZES = [1, 2, 5, 10, 20, 50, 100, 200];

const NAME = /^mfh(\.[a-z][a-z0-9_]*)+$/;
const defined = new Map<string, MetricDefinition>();

/** Notes a metric under its name, so that a wrong or doubly used one shows at the first start. */
function define(definition: MetricDefinition): void {
  const { name } = definition;
  if (!NAME.test(name)) throw new Error(`A metric must be named like mfh.executions.completed, not "${name}"`);
  const known = defined.get(name);
  if (known !== undefined && JSON.stringify(known) !== JSON.stringify(definition)) {
    throw new Error(`Two different metrics are called "${name}"`);
  }
  defined.set(name, definition);
}

/** All metrics of the modules loaded in this process, by name: for documentation and tests. */
export const definedMetrics = (): MetricDefinition[] =>
  [...defined.values()].toSorted((a, b) => a.name.localeCompare(b.name));

const optionsOf = ({ description, unit }: MetricDefinition): { description: string; unit?: string } => ({
  description,
  ...(unit !== undefined && { unit }),
});

/** Counts what only grows. Costs next to nothing while no exporter is configured. */
export function counter(definition: MetricDefinition): Counter {
  define(definition);
  const instrument = meter.createCounter(definition.name, optionsOf(definition));
  return { add: (amount = 1, labels) => instrument.add(amount, labels) };
}

/** Distribution of durations in seconds, or (other units) of sizes. */
export function histogram(definition: MetricDefinition): Histogram {
  define(definition);
  const instrument = meter.createHistogram(definition.name, {
    ...optionsOf(definition),
    advice: { explicitBucketBoundaries: definition.unit === 's' ? SECONDS : SIZES },
  });
  return { record: (value, labels) => instrument.record(value, labels) };
}

export interface Observation {
  value: number;
  labels?: Attributes;
}

/**
 * A value that goes up and down, read when metrics are collected.
 * @param read called once a collection; a rejected promise leaves the value out of that collection
 * @returns stops the observation
 */
export function gauge(definition: MetricDefinition, read: () => Observation[] | Promise<Observation[]>): () => void {
  define(definition);
  const instrument = meter.createObservableGauge(definition.name, optionsOf(definition));
  const observe = async (result: ObservableResult): Promise<void> => {
    for (const { value, labels } of await read()) result.observe(value, labels);
  };
  instrument.addCallback(observe);
  return () => instrument.removeCallback(observe);
}
