import { expect, it } from '@jest/globals';
import { createServer } from 'node:net';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localConfig, serverUrls, serviceEnvironment } from './config.mjs';
import { localSecrets } from './secrets.mjs';
import { requireFreePorts } from './servers.mjs';

it('takes every port from the environment, and says which one makes no sense', () => {
  const config = localConfig({ MFH_GATEWAY_PORT: '9000' });
  expect(config.ports.gateway).toBe(9000);
  expect(config.publicUrl).toBe('http://127.0.0.1:9000');
  expect(() => localConfig({ MFH_NATS_PORT: 'no' })).toThrow(
    'MFH_NATS_PORT must be a port between 1 and 65535, not "no".',
  );
});

it('tells services where the others are, and lets the environment win', () => {
  const env = { MFH_HELPERS_PORT: '9104', MFH_LIMITS: 'standard' };
  const config = localConfig(env);
  const given = serviceEnvironment(config, { ...serverUrls(config, env), secrets: { MFH_CURSOR_KEY: 'k' } }, env);
  expect(given).toMatchObject({
    MFH_HELPERS_URL: 'http://127.0.0.1:9104',
    MFH_LIMITS: 'standard',
    MFH_CRMS: 'sandbox',
    MFH_MODE: 'development',
    MFH_NATS_URL: 'nats://127.0.0.1:4333',
    MFH_CURSOR_KEY: 'k',
  });
});

it('says which port is taken and how to choose another', async () => {
  const other = createServer();
  await new Promise((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address();
  const config = localConfig({ MFH_BILLING_PORT: String(port) });
  await expect(requireFreePorts(config, ['billing'])).rejects.toThrow(
    `Port ${port} (billing) is taken by another program: stop that program, or set MFH_BILLING_PORT to a free port.`,
  );
  other.close();
});

it('makes secrets once, for their owner only', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mfh-secrets-'));
  const first = localSecrets(folder, {});
  expect(localSecrets(folder, {})).toEqual(first);
  expect(statSync(join(folder, 'secrets.json')).mode & 0o777).toBe(0o600);
  expect(readFileSync(join(folder, 'secrets.json'), 'utf8')).toContain(first.MFH_SEALING_KEYS);
  expect(localSecrets(folder, { MFH_CURSOR_KEY: 'mine' }).MFH_CURSOR_KEY).toBe('mine');
  rmSync(folder, { recursive: true });
});
