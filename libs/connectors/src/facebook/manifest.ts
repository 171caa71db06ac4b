import { rateLimits, type PlatformManifest } from '../_kit/platform-manifest.js';

export const facebookManifest: PlatformManifest = {
  record: {
    slug: 'facebook',
    name: 'Facebook Lead Ads',
    category: 'advertising',
    types: ['integration', 'advertising'],
    description: 'Leads from forms in advertisements.',
    status: 'active',
    version: 'v24.0',
    logo_url: '/images/platforms/facebook.png',
    documentation_url: 'https://developers.facebook.com/docs/marketing-api/guides/lead-ads',
    api_config: {
      base_url: 'https://graph.facebook.com/v24.0',
      auth_type: 'api_key',
      test_endpoint: 'https://graph.facebook.com/v24.0/me',
      rate_limits: rateLimits(5, 0, 0, 10),
      required_headers: {},
      version: 'v24.0',
    },
    display_config: { color: '#1877F2', accent: '#e8f1fe', initial: 'F' },
    credential_fields: [
      { key: 'api_key', label: 'Page Access Token', placeholder: 'EAA...', input_type: 'password', required: true },
    ],
    capabilities: ['leads'],
  },
  probe: { method: 'GET', url: 'https://graph.facebook.com/v24.0/me', query: { access_token: '{api_key}' } },
};
