import { rateLimits, type PlatformManifest } from '../_kit/platform-manifest.js';
import { keapBudgets } from './budgets.js';

export const keapManifest: PlatformManifest = {
  record: {
    slug: 'keap',
    name: 'Keap (Infusionsoft)',
    category: 'crm',
    types: ['crm'],
    description: 'CRM and sales automation with contacts, tags, campaigns, goals, orders and opportunities.',
    status: 'active',
    version: 'v2',
    logo_url: '/images/platforms/keap.png',
    documentation_url: 'https://developer.infusionsoft.com/docs/restv2/',
    oauth: {
      auth_url: 'https://accounts.infusionsoft.com/app/oauth/authorize',
      token_url: 'https://api.infusionsoft.com/token',
      user_info_url: 'https://api.infusionsoft.com/crm/rest/v2/oauth/connect/userinfo',
      scopes: ['full'],
      response_type: 'code',
      pkce: false,
    },
    api_config: {
      base_url: 'https://api.infusionsoft.com/crm/rest/v2',
      auth_type: 'oauth2',
      test_endpoint: 'https://api.infusionsoft.com/crm/rest/v2/oauth/connect/userinfo',
      rate_limits: rateLimits(10, 0, 0, 25),
      required_headers: {},
      version: 'v2',
    },
    test_endpoints: {
      oauth2: {
        url: 'https://api.infusionsoft.com/crm/rest/v2/oauth/connect/userinfo',
        method: 'GET',
        auth_header: 'Authorization',
        auth_format: 'Bearer {token}',
      },
    },
    display_config: { color: '#2AB27B', accent: '#e6f7ef', initial: 'K', short_name: 'Keap' },
    credential_fields: [],
    capabilities: ['contacts', 'tags', 'custom_fields', 'automations', 'goals', 'deals', 'emails'],
  },
  budgets: keapBudgets,
  crm: { capabilities: ['contacts', 'tags', 'custom_fields', 'automations', 'goals', 'deals', 'emails'] },
  atSandbox: { 'https://api.infusionsoft.com': '/keap', 'https://accounts.infusionsoft.com': '/keap' },
  oauthDialect: { codeExchange: 'body', refresh: 'basic' },
};
