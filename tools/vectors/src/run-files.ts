import { helperCatalogue } from '#helpers';
import { mismatchesOf, readCaseLines, type CaseLine } from '#helper-testing';

export interface VectorOptions {
  files: string[];
  /** Only cases of this type. */
  type?: string;
  /** Leave out cases of types that do not exist instead of counting them as failed. */
  knownTypes: boolean;
  /** Reasons by id of cases that are left out. */
  disputed?: ReadonlyMap<string, string>;
}

export interface VectorTotals {
  passed: number;
  failed: number;
  disputed: number;
}

async function problemsOf(line: CaseLine): Promise<string[]> {
  if (!('vector' in line)) return [`the case cannot be read: ${line.problem}`];
  const definition = helperCatalogue.get(line.vector.type);
  if (definition === undefined) return [`there is no helper type ${line.vector.type}`];
  try {
    return await mismatchesOf(definition, line.vector);
  } catch (error) {
    return [`the case cannot be run: ${String(error)}`];
  }
}

/** Every case counts, also one that cannot be read; without a type of its own it is left out by no filter. */
function isWanted({ type: wanted, knownTypes }: VectorOptions, type: string | undefined): boolean {
  if (type === undefined) return true;
  return (wanted === undefined || type === wanted) && (!knownTypes || helperCatalogue.has(type));
}

/**
 * Runs the cases of vector files against the real definitions.
 * @param print gets each mismatch and each case that is left out, readable, and nothing about what holds
 */
export async function runFiles(options: VectorOptions, print: (line: string) => void): Promise<VectorTotals> {
  const totals = { passed: 0, failed: 0, disputed: 0 };
  for (const line of options.files.flatMap(readCaseLines)) {
    const { id, type } = 'vector' in line ? line.vector : line;
    if (!isWanted(options, type)) continue;
    const dispute = options.disputed?.get(id);
    if (dispute !== undefined) {
      totals.disputed += 1;
      print(`DISPUTED ${id}\n    ${dispute}`);
      continue;
    }
    const problems = await problemsOf(line);
    if (problems.length === 0) {
      totals.passed += 1;
      continue;
    }
    totals.failed += 1;
    print([`FAILED ${id}`, ...problems.map((problem) => `    ${problem}`)].join('\n'));
  }
  return totals;
}
