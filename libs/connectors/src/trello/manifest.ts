import { rateLimits, type PlatformManifest } from '../_kit/platform-manifest.js';

export const trelloManifest: PlatformManifest = {
  record: {
    slug: 'trello',
    name: 'Trello',
    category: 'productivity',
    types: ['integration', 'productivity'],
    description: 'Boards with lists and cards.',
    status: 'active',
    version: 'v1',
    logo_url: '/images/platforms/trello.png',
    documentation_url: 'https://developer.atlassian.com/cloud/trello/rest/',
    api_config: {
      base_url: 'https://api.trello.com/1',
      auth_type: 'api_key',
      test_endpoint: 'https://api.trello.com/1/members/me',
      rate_limits: rateLimits(10, 100, 0, 20),
      required_headers: {},
      version: 'v1',
    },
    display_config: { color: '#0079BF', accent: '#e3f2fd', initial: 'T' },
    credential_fields: [
      { key: 'api_key', label: 'API Key', placeholder: 'Your API key', input_type: 'password', required: true },
      { key: 'api_secret', label: 'Token', placeholder: 'Your token', input_type: 'password', required: true },
    ],
    capabilities: ['boards', 'lists', 'cards'],
  },
  probe: {
    method: 'GET',
    url: 'https://api.trello.com/1/members/me',
    query: { key: '{api_key}', token: '{api_secret}' },
  },
};
