import { expect, it } from '@jest/globals';
import { GoogleConfig, googleSettingsOf } from './google-config.js';

const client = { AUTH_GOOGLE_CLIENT_ID: 'id', AUTH_GOOGLE_CLIENT_SECRET: 'secret' };
const faults = (env: Record<string, string>) =>
  GoogleConfig.safeParse(env).error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`);

it('there is no Google sign-in without a client', () => {
  expect(googleSettingsOf(GoogleConfig.parse({})).client).toBeUndefined();
});

it('comes back to a page of the web client unless another is named', () => {
  const settings = googleSettingsOf(GoogleConfig.parse({ ...client, MFH_APP_URL: 'https://app.test/' }));
  expect(settings).toEqual({
    client: { issuer: 'https://accounts.google.com', clientId: 'id', clientSecret: 'secret' },
    redirectUrl: 'https://app.test/auth/google/callback',
    appUrl: 'https://app.test',
  });
});

it.each([
  [{ AUTH_GOOGLE_CLIENT_ID: 'id' }, 'AUTH_GOOGLE_CLIENT_SECRET must be set where AUTH_GOOGLE_CLIENT_ID is'],
  [{ AUTH_GOOGLE_ISSUER: 'http://idp.test' }, 'AUTH_GOOGLE_ISSUER must be https'],
  [{ AUTH_GOOGLE_ISSUER: 'http://127.0.0.1.evil.test' }, 'AUTH_GOOGLE_ISSUER must be https'],
  [
    { MFH_MODE: 'production', AUTH_GOOGLE_ISSUER: 'http://127.0.0.1:9000' },
    'AUTH_GOOGLE_ISSUER must be https in production',
  ],
])('%j is refused', (env, fault) => {
  expect(faults(env)).toEqual([fault]);
});
