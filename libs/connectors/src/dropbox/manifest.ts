import { rateLimits, type PlatformManifest } from '../_kit/platform-manifest.js';

export const dropboxManifest: PlatformManifest = {
  record: {
    slug: 'dropbox',
    name: 'Dropbox',
    category: 'storage',
    types: ['integration', 'storage'],
    description: 'Cloud storage for files and folders.',
    status: 'active',
    version: 'v2',
    logo_url: '/images/platforms/dropbox.png',
    documentation_url: 'https://www.dropbox.com/developers/documentation/http/overview',
    oauth: {
      auth_url: 'https://www.dropbox.com/oauth2/authorize',
      token_url: 'https://api.dropboxapi.com/oauth2/token',
      user_info_url: 'https://api.dropboxapi.com/2/users/get_current_account',
      scopes: ['files.content.write', 'files.content.read'],
      response_type: 'code',
      pkce: false,
    },
    api_config: {
      base_url: 'https://api.dropboxapi.com/2',
      auth_type: 'oauth2',
      test_endpoint: 'https://api.dropboxapi.com/2/users/get_current_account',
      rate_limits: rateLimits(10, 0, 0, 20),
      required_headers: {},
      version: 'v2',
    },
    test_endpoints: {
      oauth2: {
        url: 'https://api.dropboxapi.com/2/users/get_current_account',
        method: 'POST',
        auth_header: 'Authorization',
        auth_format: 'Bearer {token}',
      },
    },
    capabilities: ['files', 'folders', 'sharing'],
  },
  oauthDialect: {
    codeExchange: 'body',
    refresh: 'body',
    authorizeParams: { token_access_type: 'offline' },
    accountIdMember: 'account_id',
  },
  probe: {
    method: 'POST',
    url: 'https://api.dropboxapi.com/2/users/get_current_account',
    headers: { Authorization: 'Bearer {token}' },
  },
};
