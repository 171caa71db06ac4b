import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '#service-defaults';
import { ConnectionsConfig, ServiceSettings, settingsOf } from './settings.js';

const settings = (env: Record<string, string>) => settingsOf(loadConfig(ConnectionsConfig, env));

describe('settings', () => {
  it('need nothing for a local start', () => {
    expect(() => loadConfig(ServiceSettings, {})).not.toThrow();
    expect(settings({})).toEqual({
      appUrl: 'http://127.0.0.1:8080',
      publicUrl: 'http://127.0.0.1:8080',
      oauthRedirectUrl: 'http://127.0.0.1:8080/platforms/oauth/callback',
      allowedOrigins: [],
    });
  });

  it('send vendors to the gateway and people to the web client', () => {
    const read = settings({
      MFH_PUBLIC_URL: 'https://api.example.com/',
      MFH_APP_URL: 'https://app.example.com',
      MFH_OAUTH_REDIRECT_ORIGINS: 'https://a.example.com, https://b.example.com',
    });
    expect(read).toEqual({
      appUrl: 'https://app.example.com',
      publicUrl: 'https://api.example.com',
      oauthRedirectUrl: 'https://api.example.com/platforms/oauth/callback',
      allowedOrigins: ['https://a.example.com', 'https://b.example.com'],
    });
  });

  it('name every fault at once, half an OAuth client among them', () => {
    const env = {
      MFH_PUBLIC_URL: 'nowhere',
      MFH_OAUTH_REDIRECT_ORIGINS: 'javascript:x',
      MFH_OAUTH_KEAP_CLIENT_ID: 'id',
      MFH_OAUTH_ZOOM_CLIENT_SECRET: 'secret-value',
    };
    let text = '';
    try {
      loadConfig(ServiceSettings, env);
    } catch (error) {
      text = String(error);
    }
    for (const name of ['MFH_PUBLIC_URL', 'MFH_OAUTH_REDIRECT_ORIGINS', 'KEAP_CLIENT_SECRET', 'ZOOM_CLIENT_ID']) {
      expect(text).toContain(name);
    }
    expect(text).not.toContain('secret-value');
  });
});
