import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** Stripe's own stand-in: it checks each request against the description of the API and answers with made-up objects. */
export interface StripeMock {
  url: string;
  stop(): Promise<void>;
}

/** The program, where the set-up of the tests found it; empty where it did not. */
const FOUND = 'STRIPE_MOCK';

/** Whether there is a stripe-mock here. It is built by `npm test`, which needs Go. */
export const hasStripeMock = (): boolean => (process.env[FOUND] ?? '') !== '';

/** @throws Error when there is none, or when it ends before it listens */
export async function startStripeMock(): Promise<StripeMock> {
  const found = process.env[FOUND] ?? '';
  if (found === '') throw new Error('There is no stripe-mock: install Go and run "npm test" once.');
  const child = spawn(found, ['-http-addr', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const killOnExit = (): void => {
    child.kill('SIGKILL');
  };
  process.once('exit', killOnExit);
  for await (const line of createInterface({ input: child.stdout })) {
    const address = /Listening for HTTP at address: (\S+)/.exec(line)?.[1];
    if (address === undefined) continue;
    child.stdout.resume();
    return {
      url: `http://${address}`,
      stop: async () => {
        process.off('exit', killOnExit);
        child.kill('SIGKILL');
        await ended;
      },
    };
  }
  throw new Error('stripe-mock ended before it listened');
}
