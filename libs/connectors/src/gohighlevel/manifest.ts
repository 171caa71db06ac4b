import type { Capability } from '../_kit/port.js';
import { rateLimits, type PlatformManifest } from '../_kit/platform-manifest.js';
import { gohighlevelBudgets } from './budgets.js';

/** Deals are opportunities. Goals and e-mail statistics do not exist in the API. */
const capabilities: Capability[] = ['contacts', 'tags', 'custom_fields', 'automations', 'deals', 'webhooks'];

export const gohighlevelManifest: PlatformManifest = {
  record: {
    slug: 'gohighlevel',
    name: 'GoHighLevel',
    category: 'crm',
    types: ['crm'],
    description: 'Agency CRM and marketing platform; one connection reaches one location.',
    status: 'active',
    version: 'v2',
    logo_url: '/images/platforms/gohighlevel.png',
    documentation_url: 'https://marketplace.gohighlevel.com/docs/',
    oauth: {
      auth_url: 'https://marketplace.gohighlevel.com/v2/oauth/chooselocation',
      token_url: 'https://services.leadconnectorhq.com/oauth/token',
      user_info_url: '',
      scopes: [
        'contacts.readonly',
        'contacts.write',
        'locations.readonly',
        'locations/tags.readonly',
        'locations/tags.write',
        'locations/customFields.readonly',
        'workflows.readonly',
        'opportunities.readonly',
        'opportunities.write',
      ],
      response_type: 'code',
      pkce: false,
    },
    api_config: {
      base_url: 'https://services.leadconnectorhq.com',
      auth_type: 'oauth2',
      test_endpoint: 'https://services.leadconnectorhq.com/locations/{account_id}',
      rate_limits: rateLimits(10, 0, 0, 20),
      required_headers: { Version: '2021-07-28' },
      version: 'v2',
    },
    test_endpoints: {
      oauth2: {
        url: 'https://services.leadconnectorhq.com/locations/{account_id}',
        method: 'GET',
        auth_header: 'Authorization',
        auth_format: 'Bearer {token}',
      },
    },
    display_config: { color: '#4285F4', accent: '#e8f0fe', initial: 'G', short_name: 'GHL' },
    credential_fields: [
      {
        key: 'api_key',
        label: 'API Key',
        placeholder: 'Your private integration token',
        input_type: 'password',
        required: true,
      },
      {
        key: 'location_id',
        label: 'Location ID',
        placeholder: 'Your location ID',
        hint: 'The part after /location/ in the address of your sub-account',
        input_type: 'text',
        required: true,
      },
    ],
    capabilities: [...capabilities],
  },
  budgets: gohighlevelBudgets,
  vendorAccount: 'account_id',
  crm: { capabilities },
  atSandbox: {
    'https://services.leadconnectorhq.com': '/gohighlevel',
    'https://marketplace.gohighlevel.com': '/gohighlevel',
  },
  oauthDialect: {
    codeExchange: 'body',
    refresh: 'body',
    tokenParams: { user_type: 'Location' },
    accountIdMember: 'locationId',
    accountIdRequired: true,
  },
};
