import { fullLoad } from './load.js';
import { figuresOf } from './process-figures.js';
import type { Product } from './product.js';
import type { Records } from './records.js';

/** What was measured over some slices of load. */
export interface Throughput {
  executions: number;
  seconds: number;
  refused: number;
  /** Commands to MongoDB. */
  commands: number;
  /** CPU time of each process in milliseconds. */
  cpuMs: Record<string, number>;
}

export const nothingYet = (): Throughput => ({ executions: 0, seconds: 0, refused: 0, commands: 0, cpuMs: {} });

/** Slices of different sides alternate, so that whatever disturbs the machine disturbs all of them. */
export function added(sum: Throughput, slice: Throughput): Throughput {
  const names = new Set([...Object.keys(sum.cpuMs), ...Object.keys(slice.cpuMs)]);
  return {
    executions: sum.executions + slice.executions,
    seconds: sum.seconds + slice.seconds,
    refused: sum.refused + slice.refused,
    commands: sum.commands + slice.commands,
    cpuMs: Object.fromEntries([...names].map((name) => [name, (sum.cpuMs[name] ?? 0) + (slice.cpuMs[name] ?? 0)])),
  };
}

export const perSecond = ({ executions, seconds }: Throughput): number => executions / seconds;

/** CPU-ms per execution of all processes together. */
export const cpuEach = ({ executions, cpuMs }: Throughput): number =>
  Object.values(cpuMs).reduce((sum, ms) => sum + ms, 0) / executions;

/** CPU time of each process so far, in milliseconds. */
export const cpuSoFar = (pids: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(Object.entries(pids).map(([name, pid]) => [name, figuresOf(pid).cpuMs]));

/** CPU time of each process since `before`. */
export const cpuSince = (
  pids: Readonly<Record<string, number>>,
  before: Readonly<Record<string, number>>,
): Record<string, number> =>
  Object.fromEntries(Object.entries(cpuSoFar(pids)).map(([name, ms]) => [name, ms - (before[name] ?? 0)]));

/**
 * Loads the product as hard as fifty connections can and counts what completed until everything had ended.
 * @param pids processes whose CPU time counts, by name
 */
export async function loadedSlice(
  product: Product,
  records: Records,
  pids: Readonly<Record<string, number>>,
  seconds: number,
): Promise<Throughput> {
  const cpuBefore = cpuSoFar(pids);
  const commandsBefore = await records.commandsSoFar();
  const begun = new Date();
  const refused = await fullLoad(product, seconds);
  const ended = await records.drained();
  const cpuMs = cpuSince(pids, cpuBefore);
  const commands = (await records.commandsSoFar()) - commandsBefore;
  const { completed } = await records.completedSince(begun);
  return { executions: completed, seconds: (ended - begun.getTime()) / 1000, refused, commands, cpuMs };
}
