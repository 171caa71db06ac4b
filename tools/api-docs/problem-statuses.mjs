import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FILE = 'libs/contracts/src/problem-statuses.generated.ts';
/** A status and a code side by side, as problems and tables of them are written. */
const THROWN = /(?<![\d.])([45]\d\d),\s*'([a-z0-9_]+(?:\.[a-z0-9_]+)+)'/g;
/** The table of what frameworks throw. */
const TABLED = /\b([45]\d\d): \{ code: '([a-z0-9_.]+)'/g;
const DECLARED = /\b(?:errors|ERRORS)\b[^[\];]*\[([^\]]*)\]/g;
const CODE = /'([a-z0-9_]+(?:\.[a-z0-9_]+)+)'/g;
/** Codes that are put together where they are thrown. */
const BY_NAME = [
  [/\.not_found$/, 404],
  [/\.transition_not_allowed$/, 409],
  [/^invitations\.(expired|revoked)$/, 410],
];
const IS_SOURCE = /^(apps|libs)\/[^/]+\/src\/(?!testing\/).+(?<!\.spec|\.generated)\.ts$/;

/** The files that problems are thrown in. */
export function problemSources(projectRoot) {
  const paths = ['apps', 'libs'].flatMap((top) =>
    readdirSync(join(projectRoot, top), { recursive: true }).map((name) => `${top}/${name}`),
  );
  return paths
    .filter((path) => IS_SOURCE.test(path))
    .map((path) => ({ path, source: readFileSync(join(projectRoot, path), 'utf8') }));
}

/** Every code that the sources throw or declare, sorted, each with its statuses; none where they are not known. */
export function problemStatuses(projectRoot) {
  const found = new Map();
  const declared = new Set();
  for (const { source } of problemSources(projectRoot)) {
    for (const [, status, code] of [...source.matchAll(THROWN), ...source.matchAll(TABLED)]) {
      found.set(code, (found.get(code) ?? new Set()).add(Number(status)));
    }
    for (const [, list] of source.matchAll(DECLARED)) {
      for (const [, code] of list.matchAll(CODE)) declared.add(code);
    }
  }
  for (const code of declared) {
    const named = BY_NAME.flatMap(([pattern, status]) => (pattern.test(code) ? [status] : []));
    if (!found.has(code)) found.set(code, new Set(named));
  }
  return [...found]
    .map(([code, statuses]) => ({ code, statuses: [...statuses].toSorted((one, other) => one - other) }))
    .toSorted((one, other) => (one.code < other.code ? -1 : 1));
}

/** Text of the file that tells programs what the sources throw. */
export function problemStatusesSource(projectRoot) {
  const known = problemStatuses(projectRoot).filter(({ statuses }) => statuses.length > 0);
  return [
    '// Made from the problems that the sources throw (npm run generate:api).',
    '',
    '/** Statuses of each problem code. */',
    'export const PROBLEM_STATUSES: Readonly<Record<string, readonly number[]>> = {',
    ...known.map(({ code, statuses }) => `  '${code}': [${statuses.join(', ')}],`),
    '};',
    '',
  ].join('\n');
}

export const readProblemStatuses = (projectRoot) => readFileSync(join(projectRoot, FILE), 'utf8');

export function writeProblemStatuses(projectRoot) {
  const source = problemStatusesSource(projectRoot);
  if (source !== readProblemStatuses(projectRoot)) writeFileSync(join(projectRoot, FILE), source);
}
