import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { RunningSystem } from './running-system.js';

/** Runs a command of the operators' tool against a system. @param env for this command only */
export function mfh(
  system: RunningSystem,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<{ code: number | null; output: string }> {
  const main = join(process.cwd(), 'dist/tools/mfh/src/main.js');
  const child = spawn(process.execPath, [main, ...args], { env: { ...process.env, ...system.env, ...env } });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}
