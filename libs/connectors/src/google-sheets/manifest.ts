import { rateLimits, type PlatformManifest } from '../_kit/platform-manifest.js';

export const googleSheetsManifest: PlatformManifest = {
  record: {
    slug: 'google_sheets',
    name: 'Google Sheets',
    category: 'productivity',
    types: ['integration', 'productivity'],
    description: 'Spreadsheets that helpers can fill.',
    status: 'active',
    version: 'v4',
    logo_url: '/images/platforms/google_sheets.png',
    documentation_url: 'https://developers.google.com/workspace/sheets/api',
    oauth: {
      auth_url: 'https://accounts.google.com/o/oauth2/v2/auth',
      token_url: 'https://oauth2.googleapis.com/token',
      user_info_url: 'https://www.googleapis.com/oauth2/v1/userinfo',
      scopes: ['https://www.googleapis.com/auth/spreadsheets', 'https://www.googleapis.com/auth/userinfo.email'],
      response_type: 'code',
      pkce: false,
    },
    api_config: {
      base_url: 'https://sheets.googleapis.com/v4',
      auth_type: 'oauth2',
      test_endpoint: 'https://sheets.googleapis.com/v4/spreadsheets',
      rate_limits: rateLimits(10, 60, 0, 20),
      required_headers: {},
      version: 'v4',
    },
    test_endpoints: {
      oauth2: {
        url: 'https://www.googleapis.com/oauth2/v1/userinfo',
        method: 'GET',
        auth_header: 'Authorization',
        auth_format: 'Bearer {token}',
      },
    },
    display_config: { color: '#0F9D58', accent: '#e6f4ea', initial: 'G', short_name: 'Sheets' },
    credential_fields: [],
    capabilities: ['spreadsheets', 'worksheets'],
  },
  oauthDialect: {
    codeExchange: 'body',
    refresh: 'body',
    authorizeParams: { access_type: 'offline', prompt: 'consent' },
  },
  probe: {
    method: 'GET',
    url: 'https://www.googleapis.com/oauth2/v1/userinfo',
    headers: { Authorization: 'Bearer {token}' },
  },
};
