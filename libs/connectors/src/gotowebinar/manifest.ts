import { rateLimits, type PlatformManifest } from '../_kit/platform-manifest.js';

export const gotowebinarManifest: PlatformManifest = {
  record: {
    slug: 'gotowebinar',
    name: 'GoTo Webinar',
    category: 'webinar',
    types: ['integration', 'webinar'],
    description: 'Live webinars with registration.',
    status: 'active',
    version: 'v2',
    logo_url: '/images/platforms/gotowebinar.svg',
    documentation_url: 'https://developer.goto.com/GoToWebinarV2',
    oauth: {
      auth_url: 'https://authentication.logmeininc.com/oauth/authorize',
      token_url: 'https://authentication.logmeininc.com/oauth/token',
      user_info_url: '',
      scopes: ['collab.webinars'],
      response_type: 'code',
      pkce: false,
    },
    api_config: {
      base_url: 'https://api.getgo.com/G2W/rest/v2',
      auth_type: 'oauth2',
      test_endpoint: 'https://api.getgo.com/G2W/rest/v2/account/webinars',
      rate_limits: rateLimits(10, 0, 0, 20),
      required_headers: {},
      version: 'v2',
    },
    test_endpoints: {
      oauth2: {
        url: 'https://api.getgo.com/G2W/rest/v2/account/webinars',
        method: 'GET',
        auth_header: 'Authorization',
        auth_format: 'Bearer {token}',
      },
    },
    display_config: { color: '#F26522', accent: '#fef0e8', initial: 'G', short_name: 'GoTo' },
    credential_fields: [],
    capabilities: ['webinars', 'registrants'],
  },
  oauthDialect: { codeExchange: 'basic', refresh: 'basic', accountIdMember: 'account_key' },
  probe: {
    method: 'GET',
    url: 'https://api.getgo.com/G2W/rest/v2/account/webinars',
    headers: { Authorization: 'Bearer {token}' },
  },
};
