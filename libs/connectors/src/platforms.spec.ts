import { describe, expect, it } from '@jest/globals';
import { ConnectorsConfig, oauthClientOf, placesOf, sandboxUrlOf } from './config.js';
import { hasConnector } from './create-connector.js';
import { platformOf, platforms } from './platforms.js';

const all = platforms({ sandboxUrl: 'http://127.0.0.1:8090' });
const crms = ['activecampaign', 'gohighlevel', 'hubspot', 'keap', 'ontraport'];

describe('the platform registry', () => {
  it('has every platform once', () => {
    const slugs = all.map(({ record }) => record.slug);
    expect(slugs).toEqual(
      expect.arrayContaining([
        ...crms,
        ...['box', 'donorlead', 'dropbox', 'everwebinar', 'google_sheets', 'gotowebinar', 'stripe', 'trello'],
        ...['webinarjam', 'zoom', 'sandbox'],
      ]),
    );
    expect(new Set(slugs).size).toBe(slugs.length);
  });

  it.each(all.map((manifest) => [manifest.record.slug, manifest] as const))(
    '%s can be shown and connected',
    (slug, manifest) => {
      const { record, oauthDialect } = manifest;
      expect(record.types.length).toBeGreaterThan(0);
      expect(record.capabilities.length).toBeGreaterThan(0);
      expect(record.description).not.toBe('');
      // Clients take any text for "there is a logo" and load their own; the demo CRM shows its initial.
      expect(record.logo_url === '').toBe(slug === 'sandbox');
      if (record.api_config.auth_type === 'oauth2') expect(record.oauth).toBeDefined();
      else expect(record.credential_fields?.some(({ required }) => required)).toBe(true);
      expect(record.oauth === undefined).toBe(oauthDialect === undefined);
      if (record.types.includes('crm'))
        expect(manifest.probe !== undefined || hasConnector(slug, { sandboxUrl: 'http://x' })).toBe(true);
    },
  );

  it.each([
    ['activecampaign', [5, 0, 0, 10]],
    ['gohighlevel', [10, 0, 0, 20]],
    ['hubspot', [10, 0, 36_000, 15]],
    ['keap', [10, 0, 0, 25]],
    ['ontraport', [2, 120, 0, 5]],
    ['google_sheets', [10, 60, 0, 20]],
    ['trello', [10, 100, 0, 20]],
    ['stripe', [25, 0, 100_000, 50]],
    ['sandbox', [100, 0, 0, 200]],
  ])('keeps the limits of %s', (slug, limits) => {
    const { rate_limits } = platformOf(slug, { sandboxUrl: 'http://x' })?.record.api_config ?? {};
    expect(Object.values(rate_limits ?? {})).toEqual(limits);
  });

  it('offers the CRMs as such and the others beside them', () => {
    for (const { record } of all) {
      const isCrm = [...crms, 'sandbox'].includes(record.slug);
      expect([record.slug, record.types.includes('crm')]).toEqual([record.slug, isCrm]);
    }
  });

  it('points the demo CRM’s platform at its address', () => {
    const sandbox = platformOf('sandbox', { sandboxUrl: 'http://crm.example:9000' });
    expect(sandbox?.record.api_config.base_url).toBe('http://crm.example:9000/keap/crm/rest/v2');
    expect(sandbox?.record.oauth).toMatchObject({
      auth_url: 'http://crm.example:9000/oauth/authorize',
      token_url: 'http://crm.example:9000/oauth/token',
      pkce: true,
    });
    expect(platformOf('keap', {})?.record.oauth?.pkce).toBe(false);
  });
});

describe('the demo CRM', () => {
  it.each([
    [{}, 'http://127.0.0.1:8090'],
    [{ MFH_SANDBOX_URL: 'http://crm:1/' }, 'http://crm:1'],
    [{ MFH_MODE: 'production' }, undefined],
    [{ MFH_MODE: 'production', MFH_SANDBOX_URL: '' }, undefined],
    [{ MFH_MODE: 'production', MFH_SANDBOX_URL: 'http://crm:1' }, 'http://crm:1'],
  ])('with %j is at %s', (env, url) => {
    expect(sandboxUrlOf(ConnectorsConfig.parse(env))).toBe(url);
    expect(hasConnector('sandbox', { sandboxUrl: url })).toBe(url !== undefined);
  });
});

describe('our OAuth clients', () => {
  it('come from the environment, both halves of them', () => {
    const env = {
      MFH_OAUTH_KEAP_CLIENT_ID: 'id',
      MFH_OAUTH_KEAP_CLIENT_SECRET: 'secret',
      MFH_OAUTH_ZOOM_CLIENT_ID: 'id',
    };
    expect(oauthClientOf('keap', env)).toEqual({ clientId: 'id', clientSecret: 'secret' });
    expect(oauthClientOf('zoom', env)).toBeUndefined();
    expect(oauthClientOf('sandbox', {})).toBeDefined();
  });
});

describe('the demo CRM in the place of the vendors', () => {
  const places = { sandboxUrl: 'http://127.0.0.1:8090', crms: 'sandbox' } as const;

  it.each(crms)('answers for %s at the vendor’s own paths', (slug) => {
    const real = platformOf(slug, {});
    const there = platformOf(slug, places);
    expect(there?.record.api_config.base_url).toMatch(/^http:\/\/127\.0\.0\.1:8090\//);
    expect(JSON.stringify(there?.record.api_config)).not.toContain(
      new URL(real?.record.api_config.base_url ?? '').host,
    );
    expect(there?.record.documentation_url).toBe(real?.record.documentation_url);
    expect(oauthClientOf(slug, {}, places)).toEqual({
      clientId: 'sandbox-client',
      clientSecret: 'sandbox-client-secret',
    });
  });

  it('does so on request only, and never in production', () => {
    const env = { MFH_SANDBOX_URL: 'http://127.0.0.1:8090' };
    expect(placesOf(ConnectorsConfig.parse(env)).crms).toBe('vendors');
    expect(() => placesOf(ConnectorsConfig.parse({ ...env, MFH_CRMS: 'sandbox', MFH_MODE: 'production' }))).toThrow(
      'MFH_CRMS=sandbox',
    );
    expect(oauthClientOf('keap', {}, { ...places, crms: 'vendors' })).toBeUndefined();
  });
});
