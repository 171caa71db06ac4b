import { describe, expect, it } from '@jest/globals';
import { loadSandboxOptions } from './config.js';
import { completeOptions } from './sandbox-options.js';

describe('the configuration', () => {
  it('is complete without any variable', () => {
    const settings = completeOptions(loadSandboxOptions({}));
    expect(settings).toMatchObject({
      host: '127.0.0.1',
      port: 8090,
      seed: 1,
      contacts: 1000,
      adminSecret: 'sandbox-admin',
    });
    expect(settings.dataFile).toBeUndefined();
  });

  it('is read from the environment', () => {
    const options = loadSandboxOptions({
      MFH_SANDBOX_CRM_PORT: '9000',
      MFH_SANDBOX_KEYS: 'abc=first,def=second',
      MFH_SANDBOX_TOKEN_SECONDS: '60',
      MFH_SANDBOX_DATA: '/data/state.json',
    });
    expect(options).toMatchObject({
      port: 9000,
      keys: { abc: 'first', def: 'second' },
      tokenLifetimeSeconds: 60,
      dataFile: '/data/state.json',
    });
    expect(loadSandboxOptions({ MFH_SANDBOX_PORT: '9001', MFH_SANDBOX_CRM_PORT: '9000' }).port).toBe(9001);
  });

  it('says everything that is wrong at once', () => {
    const wrong = { MFH_SANDBOX_PORT: '-1', MFH_SANDBOX_KEYS: 'nothing', MFH_SANDBOX_CONTACTS: 'many' };
    for (const name of Object.keys(wrong)) expect(() => loadSandboxOptions(wrong)).toThrow(name);
  });
});
