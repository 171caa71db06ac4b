import { expect, it } from '@jest/globals';
import { addresses } from './addresses.mjs';
import { localConfig, serverUrls, serviceEnvironment } from './config.mjs';
import { startOptions } from './start-options.mjs';

function environmentOf(given, env = {}) {
  const config = localConfig({});
  const options = startOptions(given, env);
  return serviceEnvironment(config, { ...serverUrls(config, {}), secrets: {} }, options.env);
}

it('lets the sandbox CRM stand for the vendors unless it is told otherwise', () => {
  expect(environmentOf([]).MFH_CRMS).toBe('sandbox');
  expect(environmentOf([], { MFH_CRMS: 'vendors' }).MFH_CRMS).toBe('vendors');
  expect(environmentOf([], { MFH_MODE: 'production' }).MFH_CRMS).toBe('vendors');
  expect(environmentOf(['--real-crms']).MFH_CRMS).toBe('vendors');
  expect(environmentOf(['--real-crms'], { MFH_CRMS: 'sandbox' }).MFH_CRMS).toBe('vendors');
});

it('starts with the demo unless that is left out', () => {
  expect(startOptions([], {}).demo).toBe(true);
  expect(startOptions(['--no-demo', '--real-crms'], {}).demo).toBe(false);
});

it('says which options there are when it is given another one', () => {
  expect(() => startOptions(['--no-demo', '--real-crm'], {})).toThrow(
    'npm start does not know --real-crm: its options are --no-demo and --real-crms.',
  );
});

it('tells at the end what can be connected', () => {
  const config = localConfig({ MFH_SANDBOX_URL: 'http://127.0.0.1:9999' });
  const sandbox = addresses(config, { MFH_CRMS: 'sandbox' }).join('\n');
  expect(sandbox).toContain('sandbox-demo-key');
  expect(sandbox).toContain('http://127.0.0.1:9999/activecampaign');
  expect(addresses(config, { MFH_CRMS: 'vendors' }).join('\n')).toContain('the vendors themselves are called');
});
