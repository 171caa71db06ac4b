import { rateLimits, type PlatformManifest } from '../_kit/platform-manifest.js';

export const zoomManifest: PlatformManifest = {
  record: {
    slug: 'zoom',
    name: 'Zoom',
    category: 'webinar',
    types: ['integration', 'webinar'],
    description: 'Meetings and webinars with registration.',
    status: 'active',
    version: 'v2',
    logo_url: '/images/platforms/zoom.svg',
    documentation_url: 'https://developers.zoom.us/docs/api/',
    oauth: {
      auth_url: 'https://zoom.us/oauth/authorize',
      token_url: 'https://zoom.us/oauth/token',
      user_info_url: 'https://api.zoom.us/v2/users/me',
      scopes: ['meeting:write:admin', 'webinar:write:admin', 'user:read:admin'],
      response_type: 'code',
      pkce: false,
    },
    api_config: {
      base_url: 'https://api.zoom.us/v2',
      auth_type: 'oauth2',
      test_endpoint: 'https://api.zoom.us/v2/users/me',
      rate_limits: rateLimits(10, 0, 0, 20),
      required_headers: {},
      version: 'v2',
    },
    test_endpoints: {
      oauth2: {
        url: 'https://api.zoom.us/v2/users/me',
        method: 'GET',
        auth_header: 'Authorization',
        auth_format: 'Bearer {token}',
      },
    },
    display_config: { color: '#2D8CFF', accent: '#e5f1ff', initial: 'Z' },
    credential_fields: [],
    capabilities: ['meetings', 'webinars', 'registrants'],
  },
  oauthDialect: { codeExchange: 'basic', refresh: 'basic' },
  probe: { method: 'GET', url: 'https://api.zoom.us/v2/users/me', headers: { Authorization: 'Bearer {token}' } },
};
