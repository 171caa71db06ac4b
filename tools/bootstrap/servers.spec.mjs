import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PlainError } from './plain-error.mjs';
import { resolveServer } from './servers.mjs';

let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mfh-servers-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function program(file, version) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\necho "nats-server: v${version}"\n`);
  chmodSync(file, 0o755);
  return file;
}

const refuse = () => Promise.reject(new Error('no network'));

function resolve(options = {}) {
  const env = { PATH: join(folder, 'bin') };
  return resolveServer('nats-server', { env, cacheDir: join(folder, 'cache'), sources: [refuse], ...options });
}

describe('where a server comes from', () => {
  it('takes a running one before everything else', async () => {
    program(join(folder, 'bin', 'nats-server'), '2.15.1');
    const env = { MFH_NATS_URL: 'nats://elsewhere:4222', PATH: join(folder, 'bin') };
    expect(await resolve({ env })).toEqual({ url: 'nats://elsewhere:4222' });
  });

  it('takes one on the PATH that is new enough', async () => {
    const binary = program(join(folder, 'bin', 'nats-server'), '2.14.0');
    expect(await resolve()).toEqual({ binary, version: '2.14.0', source: 'PATH' });
  });

  it('passes by one on the PATH that is too old, for the fetched one', async () => {
    program(join(folder, 'bin', 'nats-server'), '2.10.4');
    const binary = program(join(folder, 'cache', 'nats-server', 'bin', 'nats-server'), '2.15.1');
    expect(await resolve()).toEqual({ binary, version: '2.15.1', source: 'cache' });
  });

  it('fetches once, then finds it', async () => {
    let fetched = 0;
    const source = (_server, _system, into) => {
      fetched += 1;
      program(join(into, 'bin', 'nats-server'), '2.15.1');
    };
    expect(await resolve({ sources: [refuse, source] })).toMatchObject({ version: '2.15.1', source: 'download' });
    expect(await resolve({ sources: [refuse, source] })).toMatchObject({ version: '2.15.1', source: 'cache' });
    expect(fetched).toBe(1);
  });

  it('says in one sentence what to do when nothing can be had', async () => {
    const failure = await resolve().catch((error) => error);
    expect(failure).toBeInstanceOf(PlainError);
    expect(failure.message).toBe(
      'The NATS server could not be fetched: install nats-server 2.14 or later so that it is on the PATH, ' +
        'or set MFH_NATS_URL to a running one (tried: no network).',
    );
  });

  it('does not trust what was fetched but does not run', async () => {
    const source = (_server, _system, into) => program(join(into, 'bin', 'nats-server'), '1.0.0');
    await expect(resolve({ sources: [source] })).rejects.toThrow('what was fetched does not run on this system');
  });
});
