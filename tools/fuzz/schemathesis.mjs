import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { localConfig } from '../../deploy/local/config.mjs';
import { PlainError } from '../bootstrap/plain-error.mjs';
import { runCommand } from '../bootstrap/run-command.mjs';

const PYTHONS = ['python3', 'python'];
const MARK = 'complete';

/**
 * Finds schemathesis in its own Python environment below the data folder, made once for each set of pinned packages.
 * @returns path of the program; throws a PlainError that says what to do
 */
export async function preparedSchemathesis(projectRoot, log) {
  const requirements = join(projectRoot, 'tools', 'fuzz', 'requirements.txt');
  const pinned = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12);
  const folder = join(localConfig().dataDir, 'fuzz', `python-${pinned}`);
  const program = join(folder, 'bin', 'schemathesis');
  if (existsSync(join(folder, MARK))) return program;
  log(`Fetching schemathesis (once, into ${folder}) ...`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, '..'), { recursive: true });
  const failures = [];
  for (const python of PYTHONS) {
    const failure = await install(python, folder, requirements);
    if (failure === undefined) return program;
    failures.push(`${python}: ${failure}`);
  }
  throw new PlainError(
    'schemathesis could not be fetched: install Python 3.10 or later with its venv module and allow it to reach a ' +
      `package index (tried: ${failures.join('; ')}).`,
  );
}

/** Scripts in the environment hold its path, so it is made in place and marked when it is whole. */
async function install(python, folder, requirements) {
  const made = await runCommand(python, ['-m', 'venv', '--clear', folder], { timeoutMs: 120_000 });
  if (!made.ok) return reasonOf(made.output);
  const options = ['--require-hashes', '--only-binary', ':all:', '--no-input', '--quiet'];
  const pip = ['-m', 'pip', 'install', ...options, '-r', requirements];
  const fetched = await runCommand(join(folder, 'bin', 'python'), pip, { timeoutMs: 600_000 });
  if (!fetched.ok) return reasonOf(fetched.output);
  writeFileSync(join(folder, MARK), '');
  return undefined;
}

function reasonOf(output) {
  if (output.includes('ENOENT')) return 'not installed';
  const lines = output.trim().split('\n');
  return lines.findLast((line) => /^ERROR|^Error/.test(line)) ?? lines.at(-1) ?? 'failed';
}
