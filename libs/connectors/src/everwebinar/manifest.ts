import { rateLimits, type PlatformManifest } from '../_kit/platform-manifest.js';

export const everwebinarManifest: PlatformManifest = {
  record: {
    slug: 'everwebinar',
    name: 'EverWebinar',
    category: 'webinar',
    types: ['integration', 'webinar'],
    description: 'Automated webinars with registration.',
    status: 'active',
    version: 'v1',
    logo_url: '/images/platforms/everwebinar.png',
    documentation_url: 'https://support.webinarjam.com/support/solutions/articles/153000175324',
    api_config: {
      base_url: 'https://api.webinarjam.com/everwebinar',
      auth_type: 'api_key',
      test_endpoint: 'https://api.webinarjam.com/everwebinar/webinars',
      rate_limits: rateLimits(5, 0, 0, 10),
      required_headers: {},
      version: 'v1',
    },
    display_config: { color: '#00C853', accent: '#e8f5e9', initial: 'E', short_name: 'EW' },
    credential_fields: [
      { key: 'api_key', label: 'API Key', placeholder: 'Your API key', input_type: 'password', required: true },
    ],
    capabilities: ['webinars', 'registrants'],
  },
  probe: { method: 'POST', url: 'https://api.webinarjam.com/everwebinar/webinars', form: { api_key: '{api_key}' } },
};
