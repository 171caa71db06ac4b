import { rateLimits, type PlatformManifest } from '../_kit/platform-manifest.js';
import { hubspotBudgets } from './budgets.js';

/** What the connector cannot do without. */
const SCOPES = [
  'crm.objects.contacts.read',
  'crm.objects.contacts.write',
  'crm.schemas.contacts.read',
  'crm.lists.read',
  'crm.lists.write',
  'automation',
  'communication_preferences.read_write',
  'oauth',
];

/** Asked for where the portal and its user can grant them: without them only questions about deals are refused. */
const OPTIONAL_SCOPES = ['crm.objects.deals.read', 'crm.objects.deals.write'];

export const hubspotManifest: PlatformManifest = {
  record: {
    slug: 'hubspot',
    name: 'HubSpot',
    category: 'crm',
    types: ['crm'],
    description: 'CRM with contacts, lists, properties, workflows and deals.',
    status: 'active',
    version: 'v3',
    logo_url: '/images/platforms/hubspot.png',
    documentation_url: 'https://developers.hubspot.com/docs/api/overview',
    oauth: {
      auth_url: 'https://app.hubspot.com/oauth/authorize',
      token_url: 'https://api.hubapi.com/oauth/v3/token',
      // No address tells the user without the token in its path; the token answer names the portal.
      user_info_url: '',
      scopes: SCOPES,
      response_type: 'code',
      pkce: false,
    },
    api_config: {
      base_url: 'https://api.hubapi.com',
      auth_type: 'api_key',
      test_endpoint: 'https://api.hubapi.com/crm/v3/objects/contacts?limit=1',
      rate_limits: rateLimits(10, 0, 36000, 15),
      required_headers: { Authorization: 'Bearer {api_key}' },
      version: 'v3',
    },
    test_endpoints: {
      oauth2: {
        url: 'https://api.hubapi.com/crm/v3/objects/contacts?limit=1',
        method: 'GET',
        auth_header: 'Authorization',
        auth_format: 'Bearer {token}',
      },
      api_key: {
        url: 'https://api.hubapi.com/crm/v3/objects/contacts?limit=1',
        method: 'GET',
        auth_header: 'Authorization',
        auth_format: 'Bearer {api_key}',
      },
    },
    display_config: { color: '#FF7A59', accent: '#fff0ec', initial: 'H' },
    credential_fields: [
      {
        key: 'api_key',
        label: 'Private App Access Token',
        placeholder: 'pat-na1-...',
        hint: 'Settings, Integrations, Private Apps',
        input_type: 'password',
        required: true,
      },
    ],
    capabilities: ['contacts', 'tags', 'custom_fields', 'deals', 'automations'],
  },
  budgets: hubspotBudgets,
  vendorAccount: 'account_id',
  atSandbox: { 'https://api.hubapi.com': '/hubspot', 'https://app.hubspot.com': '/hubspot' },
  crm: { capabilities: ['contacts', 'tags', 'custom_fields', 'deals', 'automations'] },
  oauthDialect: {
    codeExchange: 'body',
    refresh: 'body',
    accountIdMember: 'hub_id',
    authorizeParams: { optional_scope: OPTIONAL_SCOPES.join(' ') },
  },
};
