import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './run-command.mjs';

const FOLDERS = ['apps', 'libs', 'tools', 'bench', 'test', 'deploy'];

/** Everything `npm run check` looks at besides tests. Each one counts as one test of `npm test`. */
const CHECKS = [
  // One checker: several repeat most of each other's work, which costs more than it gains on a few cores.
  { name: 'types', program: 'typescript7/bin/tsc', args: ['-p', 'tsconfig.json', '--noEmit', '--checkers', '1'] },
  {
    name: 'lint',
    program: '.bin/oxlint',
    args: ['--type-aware', '--deny-warnings', '--report-unused-disable-directives'],
  },
  { name: 'format', program: 'prettier/bin/prettier.cjs', args: ['--check', '--log-level', 'warn', '.'] },
  { name: 'boundaries', program: '.bin/depcruise', args: ['--config', '.dependency-cruiser.mjs'], folders: true },
  { name: 'dead exports', program: '.bin/knip', args: ['--no-progress', '--no-config-hints'] },
];

/**
 * Runs all checks, two at a time, and prints one line for each, followed by the output of those that failed.
 * @returns `{passed, failed}`
 */
export async function runChecks(projectRoot, node, only = []) {
  const folders = FOLDERS.filter((folder) => existsSync(join(projectRoot, folder)));
  const waiting = CHECKS.filter(({ name }) => only.length === 0 || only.includes(name));
  let passed = 0;
  let failed = 0;
  const worker = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const { name, program, args } = check;
      const paths = check.folders ? folders : [];
      const all = [join(projectRoot, 'node_modules', program), ...args, ...paths];
      const { ok, output, seconds } = await runCommand(node, all, { cwd: projectRoot });
      if (ok) passed += 1;
      else failed += 1;
      console.log(`${ok ? 'ok    ' : 'FAILED'} check: ${name} (${seconds.toFixed(1)} s)`);
      if (!ok) console.log(output.trim());
    }
  };
  await Promise.all([worker(), worker()]);
  return { passed, failed };
}
