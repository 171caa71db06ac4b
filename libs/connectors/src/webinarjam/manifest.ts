import { rateLimits, type PlatformManifest } from '../_kit/platform-manifest.js';

export const webinarjamManifest: PlatformManifest = {
  record: {
    slug: 'webinarjam',
    name: 'WebinarJam',
    category: 'webinar',
    types: ['integration', 'webinar'],
    description: 'Live webinars with registration.',
    status: 'active',
    version: 'v1',
    logo_url: '/images/platforms/webinarjam.png',
    documentation_url: 'https://support.webinarjam.com/support/solutions/articles/153000175324',
    api_config: {
      base_url: 'https://api.webinarjam.com/webinarjam',
      auth_type: 'api_key',
      test_endpoint: 'https://api.webinarjam.com/webinarjam/webinars',
      rate_limits: rateLimits(5, 0, 0, 10),
      required_headers: {},
      version: 'v1',
    },
    display_config: { color: '#FF6B35', accent: '#fff0eb', initial: 'W', short_name: 'WJ' },
    credential_fields: [
      { key: 'api_key', label: 'API Key', placeholder: 'Your API key', input_type: 'password', required: true },
    ],
    capabilities: ['webinars', 'registrants'],
  },
  probe: { method: 'POST', url: 'https://api.webinarjam.com/webinarjam/webinars', form: { api_key: '{api_key}' } },
};
