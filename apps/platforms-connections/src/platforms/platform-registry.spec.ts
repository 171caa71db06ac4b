import { describe, expect, it } from '@jest/globals';
import { PlatformView, platformView } from '../views/platform-view.js';
import { platformIdOf, PlatformRegistry } from './platform-registry.js';

const SEEDED = [
  ...['activecampaign', 'gohighlevel', 'hubspot', 'keap', 'ontraport', 'box', 'donorlead', 'dropbox', 'everwebinar'],
  ...['google_sheets', 'gotowebinar', 'stripe', 'trello', 'webinarjam', 'zoom'],
  ...['slack', 'twilio', 'calendly', 'facebook'],
];
const registry = new PlatformRegistry({ sandboxUrl: 'http://127.0.0.1:8090' });

describe('the registry', () => {
  it('holds every platform of the first release once', () => {
    const slugs = registry.all().map(({ record }) => record.slug);
    expect(slugs.toSorted()).toEqual([...SEEDED, 'sandbox'].toSorted());
  });

  it('finds by id and by slug, and nothing else', () => {
    expect(registry.get('platform:keap')).toBe(registry.get('keap'));
    for (const wrong of ['Keap', 'platform:', '', 'platform:platform:keap', '__proto__']) {
      expect(() => registry.get(wrong)).toThrow('Platform not found');
    }
  });

  it('has no demo CRM where no address of one is named', () => {
    expect(() => new PlatformRegistry({}).get('sandbox')).toThrow('Platform not found');
  });

  it.each([...SEEDED, 'sandbox'])('shows %s with everything that pages read', (slug) => {
    const manifest = registry.get(slug);
    const shown = PlatformView.parse(platformView(manifest, false));
    expect(shown).toMatchObject({ platform_id: platformIdOf(manifest), slug, status: 'active' });
    const { auth_type } = shown.api_config;
    // These two are connected by a key as well as by signing in; clients show the key's form first.
    expect(auth_type === 'oauth2').toBe(shown.oauth !== undefined && !['sandbox', 'hubspot'].includes(slug));
    if (auth_type === 'api_key') expect(shown.credential_fields?.length).toBeGreaterThan(0);
    expect(shown.types).toContain(shown.category === 'crm' ? 'crm' : 'integration');
  });
});

describe('the demo CRM', () => {
  it('can be connected by key and by signing in, and proves itself by PKCE', () => {
    const { record } = registry.get('sandbox');
    expect(record).toMatchObject({
      name: 'Sandbox CRM',
      logo_url: '',
      oauth: { scopes: ['full'], pkce: true, auth_url: 'http://127.0.0.1:8090/oauth/authorize' },
      api_config: {
        auth_type: 'api_key',
        rate_limits: { requests_per_second: 100, requests_per_minute: 0, requests_per_hour: 0, burst_limit: 200 },
      },
      credential_fields: [{ key: 'api_key', label: 'Demo key', input_type: 'password', required: true }],
    });
    expect(registry.get('keap').record.oauth?.pkce).toBe(false);
  });
});
