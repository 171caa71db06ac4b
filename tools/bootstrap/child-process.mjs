import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { PlainError } from './plain-error.mjs';

/**
 * Starts a program in the background with its output in a file.
 * It gets a process group of its own: Ctrl-C at the terminal must reach the supervisor only, which then stops
 * everything in order.
 * @param options `logFile`, `env`, `cwd`
 * @returns `pid`; `exited`: resolves to a sentence when it ends by itself, to undefined when it was stopped;
 *   `ready(check, seconds)`: waits until a check holds; `stop(signal)`: asks it to end and waits until it has
 */
export function launch(name, program, args, { logFile, env = process.env, cwd }) {
  const log = openSync(logFile, 'a');
  const child = spawn(program, args, { stdio: ['ignore', log, log], detached: true, env, cwd });
  closeSync(log);
  let ended;
  let stopping = false;
  const exited = new Promise((resolve) => {
    child.once('error', (error) => resolve((ended = `${name} could not be started: ${error.message}.`)));
    child.once('exit', (code, signal) => {
      ended = `${name} ended with ${signal ?? `code ${code}`}; its log is ${logFile}.`;
      resolve(ended);
    });
  });
  const killWithUs = () => child.kill('SIGKILL');
  process.once('exit', killWithUs);
  void exited.then(() => process.off('exit', killWithUs));

  return {
    name,
    pid: child.pid,
    exited: exited.then((sentence) => (stopping ? undefined : sentence)),
    async ready(check, seconds = 30) {
      const deadline = Date.now() + seconds * 1000;
      while (!(await check())) {
        if (ended) throw new PlainError(`${ended} It last said: ${lastLine(logFile)}`);
        if (Date.now() > deadline) {
          throw new PlainError(`${name} was not ready after ${seconds} seconds; see ${logFile}.`);
        }
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
    },
    async stop(signal = 'SIGTERM', seconds = 28) {
      stopping = true;
      if (ended) return;
      child.kill(signal);
      const last = setTimeout(killWithUs, seconds * 1000);
      await exited;
      clearTimeout(last);
    },
  };
}

function lastLine(file) {
  const text = readFileSync(file, 'utf8').trim();
  return text.slice(text.lastIndexOf('\n') + 1).slice(0, 600);
}
