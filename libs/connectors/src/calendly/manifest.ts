import { rateLimits, type PlatformManifest } from '../_kit/platform-manifest.js';

export const calendlyManifest: PlatformManifest = {
  record: {
    slug: 'calendly',
    name: 'Calendly',
    category: 'productivity',
    types: ['integration', 'productivity'],
    description: 'Booking links for appointments.',
    status: 'active',
    version: 'v2',
    logo_url: '/images/platforms/calendly.png',
    documentation_url: 'https://developer.calendly.com/api-docs',
    api_config: {
      base_url: 'https://api.calendly.com',
      auth_type: 'api_key',
      test_endpoint: 'https://api.calendly.com/users/me',
      rate_limits: rateLimits(5, 0, 0, 10),
      required_headers: { Authorization: 'Bearer {api_key}' },
      version: 'v2',
    },
    display_config: { color: '#006BFF', accent: '#e6f0ff', initial: 'C' },
    credential_fields: [
      {
        key: 'api_key',
        label: 'Personal Access Token',
        placeholder: 'Your token',
        input_type: 'password',
        required: true,
      },
    ],
    capabilities: ['scheduling_links'],
  },
  probe: {
    method: 'GET',
    url: 'https://api.calendly.com/users/me',
    headers: { Authorization: 'Bearer {api_key}' },
  },
};
