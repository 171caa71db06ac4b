import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';

/** What the contract suite found out about one vendor's connector, as it is checked in. */
export const VendorResults = z.object({
  platform: z.string(),
  /** Whether each feature, as the suite names it, is supported or refused as unsupported. */
  features: z.record(z.string(), z.enum(['supported', 'unsupported'])),
  /** Peculiarities of features, a sentence each. */
  notes: z.record(z.string(), z.string()),
  /** Requests that each scenario makes. */
  requests: z.record(z.string(), z.number()),
  listing: z.object({
    largestPage: z.number(),
    largestTagPage: z.number(),
    total: z.boolean(),
    offset: z.boolean(),
    orders: z.array(z.string()),
    filters: z.array(z.string()),
  }),
  standardFields: z.array(z.string()),
  fieldSorts: z.array(z.string()),
  sameAddress: z.enum(['another', 'same', 'conflict']),
  signIn: z.array(z.enum(['key', 'OAuth'])),
  failuresInsideSuccess: z.array(z.string()),
});
export type VendorResults = z.infer<typeof VendorResults>;

/** Where the results of a platform are checked in. */
export function resultsFile(projectRoot: string, platform: string): string {
  return join(projectRoot, 'test', 'e2e', 'connectors', 'results', `${platform}.json`);
}

/** @returns undefined for a platform without results */
export function readResults(projectRoot: string, platform: string): VendorResults | undefined {
  const file = resultsFile(projectRoot, platform);
  return existsSync(file) ? VendorResults.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
}

export function writeResults(projectRoot: string, results: VendorResults): void {
  const file = resultsFile(projectRoot, results.platform);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(results, undefined, 2)}\n`);
}

/** The results of all platforms that have some, by their slugs. */
export function allResults(projectRoot: string): VendorResults[] {
  const folder = dirname(resultsFile(projectRoot, ''));
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .flatMap((file) => readResults(projectRoot, file.slice(0, -'.json'.length)) ?? []);
}
