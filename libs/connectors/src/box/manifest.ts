import { rateLimits, type PlatformManifest } from '../_kit/platform-manifest.js';

export const boxManifest: PlatformManifest = {
  record: {
    slug: 'box',
    name: 'Box',
    category: 'storage',
    types: ['integration', 'storage'],
    description: 'Cloud storage for files and folders.',
    status: 'active',
    version: 'v2',
    logo_url: '/images/platforms/box.png',
    documentation_url: 'https://developer.box.com/reference/',
    oauth: {
      auth_url: 'https://account.box.com/api/oauth2/authorize',
      token_url: 'https://api.box.com/oauth2/token',
      user_info_url: 'https://api.box.com/2.0/users/me',
      scopes: ['root_readwrite'],
      response_type: 'code',
      pkce: false,
    },
    api_config: {
      base_url: 'https://api.box.com/2.0',
      auth_type: 'oauth2',
      test_endpoint: 'https://api.box.com/2.0/users/me',
      rate_limits: rateLimits(10, 0, 0, 20),
      required_headers: {},
      version: 'v2',
    },
    test_endpoints: {
      oauth2: {
        url: 'https://api.box.com/2.0/users/me',
        method: 'GET',
        auth_header: 'Authorization',
        auth_format: 'Bearer {token}',
      },
    },
    capabilities: ['files', 'folders', 'sharing', 'collaboration'],
  },
  oauthDialect: { codeExchange: 'body', refresh: 'body' },
  probe: { method: 'GET', url: 'https://api.box.com/2.0/users/me', headers: { Authorization: 'Bearer {token}' } },
};
