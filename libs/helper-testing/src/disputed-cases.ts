import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROW = /^\|\s*`(?<id>[a-z0-9_]+\/[a-z0-9-]+)`\s*\|\s*(?<reason>\S.*?)\s*\|$/;

/**
 * The recorded cases that the project holds to be wrong, as `docs/decisions/disputed-vectors.md` lists them. They are
 * left out of every run, by name.
 * @returns reasons by case id
 */
export function disputedCases(projectRoot: string): ReadonlyMap<string, string> {
  const file = join(projectRoot, 'docs', 'decisions', 'disputed-vectors.md');
  if (!existsSync(file)) return new Map();
  const rows = readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => ROW.exec(line.trim())?.groups);
  return new Map(rows.flatMap((row) => (row === undefined ? [] : [[row['id'] ?? '', row['reason'] ?? '']])));
}
