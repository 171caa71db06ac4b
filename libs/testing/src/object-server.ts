import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.js';
import { waitFor } from './wait-for.js';

/** A server of this machine that speaks S3, with one bucket. */
export interface ObjectServer {
  url: string;
  bucketUrl: string;
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
  /** What a service is configured with, besides the address. */
  settings: Record<string, string>;
  stop(): Promise<void>;
}

/** The program, where the set-up of the tests found it; empty where it did not. */
const FOUND = 'OBJECT_SERVER';
const ACCESS = 'test-access-key';
const SECRET = 'test-secret-key';
const REGION = 'eu-test-1';
const BUCKET = 'files';

/** Whether there is an S3 server here. It is built by `npm test`, which needs Go. */
export const hasObjectServer = (): boolean => (process.env[FOUND] ?? '') !== '';

/** @throws Error when there is none, or when it does not listen in time */
export async function startObjectServer(): Promise<ObjectServer> {
  const program = process.env[FOUND] ?? '';
  if (program === '') throw new Error('There is no S3 server: install Go and run "npm test" once.');
  const folder = await mkdtemp(join(tmpdir(), 'mfh-s3-'));
  await Promise.all([mkdir(join(folder, 'data', BUCKET), { recursive: true }), mkdir(join(folder, 'labels'))]);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const account = ['--access', ACCESS, '--secret', SECRET, '--region', REGION];
  const disk = ['posix', '--sidecar', join(folder, 'labels'), join(folder, 'data')];
  const listening = ['--port', `127.0.0.1:${port}`, '--keep-alive', '--quiet'];
  const child = spawn(program, [...account, ...listening, ...disk], { stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = once(child, 'exit');
  const killOnExit = (): void => {
    child.kill('SIGKILL');
  };
  process.once('exit', killOnExit);
  await waitFor(() => fetch(url), { deadlineMs: 15_000, what: 'the S3 server' });
  return {
    url,
    bucketUrl: `${url}/${BUCKET}`,
    region: REGION,
    credentials: { accessKeyId: ACCESS, secretAccessKey: SECRET },
    settings: {
      MFH_OBJECTS_S3_REGION: REGION,
      MFH_OBJECTS_S3_ACCESS_KEY_ID: ACCESS,
      MFH_OBJECTS_S3_SECRET_ACCESS_KEY: SECRET,
    },
    stop: async () => {
      process.off('exit', killOnExit);
      child.kill('SIGKILL');
      await ended;
      await rm(folder, { recursive: true });
    },
  };
}
