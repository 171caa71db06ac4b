import { describe, expect, it } from '@jest/globals';
import type { Problem } from '#contracts';
import { readCredentialForm, type CredentialField } from './credential-input.js';

const field = (key: string, label: string, input_type: string): CredentialField => ({
  key,
  label,
  input_type,
  required: true,
});
const activeCampaign = [field('api_url', 'Account URL', 'url'), field('api_key', 'API Key', 'password')];
const ontraport = [field('app_id', 'App ID', 'text'), field('api_key', 'API Key', 'password')];

function refusalOf(work: () => unknown): Problem {
  try {
    work();
  } catch (error) {
    return error as Problem;
  }
  throw new Error('was accepted');
}

describe('readCredentialForm', () => {
  it('keeps the account address as the base address and shows it again', () => {
    const read = readCredentialForm(activeCampaign, { api_url: ' https://acme.api-us1.com/ ', api_key: 'k-1' });
    expect(read.secrets).toEqual({ api_key: 'k-1' });
    expect(read.baseUrl).toBe('https://acme.api-us1.com');
    expect(read.shown).toEqual({ api_url: 'https://acme.api-us1.com/' });
  });

  it('reads the address of an account as its platform does, and says what is wrong with it', () => {
    const read = (text: string) =>
      text.startsWith('https://') ? { url: `${text}/api/3` } : { problem: 'must be what it is' };
    const given = (api_url: string) => readCredentialForm(activeCampaign, { api_url, api_key: 'k-1' }, {}, read);
    expect(given('https://acme.api-us1.com').baseUrl).toBe('https://acme.api-us1.com/api/3');
    expect(refusalOf(() => given('acme')).errors).toEqual([
      { field: 'credentials.api_url', code: 'invalid', message: 'Account URL must be what it is' },
    ]);
  });

  it('takes an app id as the second half of the signature', () => {
    expect(readCredentialForm(ontraport, { app_id: 'app-9', api_key: 'k-2' }).secrets).toEqual({
      api_key: 'k-2',
      api_secret: 'app-9',
    });
  });

  it('takes the id of a location, and nothing else that was pasted there', () => {
    const location = [field('api_key', 'API Key', 'password'), field('location_id', 'Location ID', 'text')];
    const read = readCredentialForm(location, { api_key: 'pit-1', location_id: ' ve9EPM42 ' });
    expect(read).toMatchObject({
      secrets: { api_key: 'pit-1', account_id: 've9EPM42' },
      shown: { location_id: 've9EPM42' },
    });
    const address = 'https://app.gohighlevel.com/v2/location/ve9EPM42/dashboard';
    const refusal = refusalOf(() => readCredentialForm(location, { api_key: 'pit-1', location_id: address }));
    expect(refusal.errors).toMatchObject([{ field: 'credentials.location_id', code: 'invalid' }]);
  });

  it('takes a personal access token where the platform declares no fields', () => {
    expect(readCredentialForm([], { api_key: 'pat' }).secrets).toEqual({ api_key: 'pat' });
  });

  it('keeps earlier values for blank fields', () => {
    const read = readCredentialForm(ontraport, { app_id: '', api_key: 'new' }, { app_id: 'app-9', api_key: 'old' });
    expect(read.form).toEqual({ app_id: 'app-9', api_key: 'new' });
  });

  it('replaces an app id although its earlier value is also known as the second half of the signature', () => {
    const earlier = { api_key: 'k', api_secret: 'app-9', app_id: 'app-9' };
    expect(readCredentialForm(ontraport, { app_id: 'app-10' }, earlier).secrets.api_secret).toBe('app-10');
  });

  it('drops fields that the platform does not declare', () => {
    expect(readCredentialForm([], { api_key: 'pat', api_url: 'https://evil.example' }).baseUrl).toBeUndefined();
  });

  it('names every missing field in one refusal', () => {
    const refusal = refusalOf(() => readCredentialForm(activeCampaign, { api_key: '  ' }));
    expect(refusal).toMatchObject({ status: 400, code: 'request.invalid_body' });
    expect(refusal.errors.map((error) => error.field)).toEqual(['credentials.api_url', 'credentials.api_key']);
  });

  it.each(['acme', 'http://acme.example', 'ftp://acme.example', 'https://user:pw@acme.example'])(
    'refuses %s as an account address and does not repeat it',
    (api_url) => {
      const refusal = refusalOf(() => readCredentialForm(activeCampaign, { api_url, api_key: 'k' }));
      expect(refusal.errors).toHaveLength(1);
      expect(refusal.message).not.toContain(api_url);
    },
  );
});
