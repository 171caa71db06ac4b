import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding, RunResult } from './record.js';

const byStatus = ({ statuses }: RunResult): string =>
  Object.entries(statuses)
    .toSorted(([, one], [, other]) => other - one)
    .map(([status, count]) => `${status}: ${count}`)
    .join(', ');

/** One finding in the words of the person who will look into it. */
export function findingText(
  role: string,
  { operation, check, status, message, times, example, answer }: Finding,
): string {
  const lines = [
    `${operation} as ${role}: ${check}${status === undefined ? '' : ` (${status})`}, ${times} times`,
    ...message.split('\n').slice(0, 12),
    example,
    answer.slice(0, 400),
  ];
  return lines
    .filter((line) => line.trim() !== '')
    .map((line, index) => (index === 0 ? line : `    ${line}`))
    .join('\n');
}

/** Prints what was asked and what was found. @returns whether nothing was found */
export function printSummary(results: ReadonlyMap<string, RunResult>, folder: string): boolean {
  const texts = [...results].flatMap(([role, { findings }]) => findings.map((finding) => findingText(role, finding)));
  writeFileSync(join(folder, 'findings.txt'), texts.map((text) => `${text}\n\n`).join(''));
  for (const text of texts) console.log(`\n${text}`);
  console.log('');
  for (const [role, result] of results) {
    const { requests, operations, fewest, findings } = result;
    console.log(
      `${role.padEnd(7)} ${requests} requests to ${operations} operations (at least ${fewest} each), ` +
        `${findings.length} findings; ${byStatus(result)}`,
    );
  }
  console.log(`\n${texts.length} findings; all of it in ${folder}`);
  return texts.length === 0;
}
