import { helperCatalogue } from '#helpers';
import { mismatchesOf, readCases, type VectorCase } from '#helper-testing';

export interface VectorOptions {
  files: string[];
  /** Only cases of this type. */
  type?: string;
  /** Leave out cases of types that do not exist instead of counting them as failed. */
  knownTypes: boolean;
}

export interface VectorTotals {
  passed: number;
  failed: number;
}

async function problemsOf(vector: VectorCase): Promise<string[]> {
  const definition = helperCatalogue.get(vector.type);
  if (definition === undefined) return [`there is no helper type ${vector.type}`];
  return mismatchesOf(definition, vector);
}

/**
 * Runs the cases of vector files against the real definitions.
 * @param print gets each mismatch, readable, and nothing about what holds
 */
export async function runFiles(options: VectorOptions, print: (line: string) => void): Promise<VectorTotals> {
  const totals = { passed: 0, failed: 0 };
  for (const file of options.files) {
    for (const vector of readCases(file)) {
      if (options.type !== undefined && vector.type !== options.type) continue;
      if (options.knownTypes && !helperCatalogue.has(vector.type)) continue;
      const problems = await problemsOf(vector);
      if (problems.length === 0) {
        totals.passed += 1;
        continue;
      }
      totals.failed += 1;
      print([`FAILED ${vector.id}`, ...problems.map((problem) => `    ${problem}`)].join('\n'));
    }
  }
  return totals;
}
