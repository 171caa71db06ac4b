import { spawn } from 'node:child_process';

/**
 * Runs a program to its end.
 * @param options `cwd`, `env`, `timeoutMs`, `show` (true: what it writes to stderr goes to the terminal while it runs)
 * @returns `{ok, output, seconds}`; `output` is what was not shown; a program that cannot be started has failed
 */
export function runCommand(program, args, { cwd, env = process.env, timeoutMs, show = false }) {
  const started = Date.now();
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd,
      env,
      timeout: timeoutMs,
      stdio: ['ignore', 'pipe', show ? 'inherit' : 'pipe'],
    });
    let output = '';
    const collect = (chunk) => {
      output += chunk;
    };
    child.stdout.on('data', collect);
    child.stderr?.on('data', collect);
    const finish = (ok) => resolve({ ok, output, seconds: (Date.now() - started) / 1000 });
    child.once('error', (error) => {
      output += error.message;
      finish(false);
    });
    child.once('close', (code) => finish(code === 0));
  });
}
