import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { projectRoot } from '#testing';

const run = promisify(execFile);
const Failed = z.object({ stderr: z.string().default('') });

/** The shell commands of a page, by the headline under which they stand, in the order of the page. */
export function recipesOf(page: string): Map<string, string> {
  const recipes = new Map<string, string>();
  let headline = '';
  for (const [, title, commands] of readFileSync(join(projectRoot(), page), 'utf8').matchAll(
    /^#+ ([^\n]+)$|^```sh\n(.*?)^```$/gms,
  )) {
    if (title !== undefined) headline = title;
    else recipes.set(headline, `${recipes.get(headline) ?? ''}${commands ?? ''}`);
  }
  return recipes;
}

/** Runs commands as a person pastes them. @returns what they printed, line by line */
export async function inShell(commands: string, cwd: string): Promise<string[]> {
  const options = { cwd, timeout: 60_000 };
  const { stdout } = await run('bash', ['-euxo', 'pipefail', '-c', commands], options).catch((error: unknown) => {
    throw new Error(`The commands failed:\n${Failed.parse(error).stderr}`, { cause: error });
  });
  return stdout.trim().split('\n');
}

export async function hasCommand(name: string): Promise<boolean> {
  return run(name, ['--version']).then(
    () => true,
    () => false,
  );
}
