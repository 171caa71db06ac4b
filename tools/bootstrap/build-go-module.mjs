import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './run-command.mjs';

/** A cold build on a small machine; it happens once. */
const BUILD_TIMEOUT_MS = 600_000;

/**
 * Builds a program out of a Go module, whose content Go checks against the public checksum database.
 * @param module `{path, version, program}`; the version becomes what the program says of itself, `program` (the
 *   module itself) is its folder in the module
 * @param folder target; the program is in `bin` below it
 * @returns nothing; throws an Error with one clause saying what failed
 */
export async function buildGoModule({ path, version, program }, folder) {
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  const named = `-X main.version=${version} -X main.Version=${version}`;
  const source = [path, program].filter(Boolean).join('/');
  const args = ['install', '-ldflags', `-s -w ${named}`, `${source}@v${version}`];
  const env = { ...process.env, GOBIN: bin, GOFLAGS: '' };
  const { ok, output } = await runCommand('go', args, { env, timeoutMs: BUILD_TIMEOUT_MS });
  if (ok) return;
  if (output.includes('ENOENT')) throw new Error('Go is not installed');
  throw new Error(output.trim().split('\n').at(-1) || '"go install" took too long');
}
