import { rateLimits, type PlatformManifest } from '../_kit/platform-manifest.js';

export const donorleadManifest: PlatformManifest = {
  record: {
    slug: 'donorlead',
    name: 'DonorLead',
    category: 'data',
    types: ['integration', 'data'],
    description: 'Donor ratings for people by name and address.',
    status: 'active',
    version: 'v2.1',
    logo_url: '/images/platforms/donorlead.png',
    documentation_url: 'https://donorlead.net',
    api_config: {
      base_url: 'https://data.donorlead.net/v2.1',
      auth_type: 'api_key',
      test_endpoint: 'https://data.donorlead.net/v2.1',
      rate_limits: rateLimits(5, 0, 0, 10),
      required_headers: {},
      version: 'v2.1',
    },
    display_config: { color: '#8E24AA', accent: '#f3e5f5', initial: 'D', short_name: 'DL' },
    credential_fields: [
      { key: 'api_key', label: 'API Key', placeholder: 'Your API key', input_type: 'password', required: true },
    ],
    capabilities: ['donor_search'],
  },
  probe: { method: 'GET', url: 'https://data.donorlead.net/v2.1/', query: { api_key: '{api_key}' } },
};
