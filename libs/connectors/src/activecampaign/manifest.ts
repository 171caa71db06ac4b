import { rateLimits, type PlatformManifest } from '../_kit/platform-manifest.js';
import { activecampaignBudgets } from './budgets.js';

export const activecampaignManifest: PlatformManifest = {
  record: {
    slug: 'activecampaign',
    name: 'ActiveCampaign',
    category: 'crm',
    types: ['crm'],
    description: 'E-mail marketing and CRM with contacts, tags, custom fields, automations and deals.',
    status: 'active',
    version: 'v3',
    logo_url: '/images/platforms/activecampaign.png',
    documentation_url: 'https://developers.activecampaign.com/reference/overview',
    api_config: {
      base_url: 'https://{account}.api-us1.com/api/3',
      auth_type: 'api_key',
      test_endpoint: 'https://{account}.api-us1.com/api/3/users/me',
      rate_limits: rateLimits(5, 0, 0, 10),
      required_headers: { 'Api-Token': '{api_key}' },
      version: 'v3',
    },
    test_endpoints: {
      api_key: {
        url: 'https://{account}.api-us1.com/api/3/users/me',
        method: 'GET',
        auth_header: 'Api-Token',
        auth_format: '{api_key}',
      },
    },
    display_config: { color: '#356AE6', accent: '#ebeffe', initial: 'A', short_name: 'AC' },
    credential_fields: [
      {
        key: 'api_url',
        label: 'Account URL',
        placeholder: 'https://{account}.api-us1.com',
        hint: 'Settings, Developer: the address under API Access',
        input_type: 'url',
        required: true,
      },
      {
        key: 'api_key',
        label: 'API Key',
        placeholder: 'Your API key',
        hint: 'Settings, Developer: the key under API Access',
        input_type: 'password',
        required: true,
      },
    ],
    capabilities: ['contacts', 'tags', 'custom_fields', 'automations', 'deals', 'emails'],
  },
  budgets: activecampaignBudgets,
  vendorAccount: 'base_url',
  // E-mails and what became of them can only be read campaign by campaign.
  crm: { capabilities: ['contacts', 'tags', 'custom_fields', 'automations', 'deals'] },
  accountPath: '/api/3',
  atSandbox: { 'https://{account}.api-us1.com': '/activecampaign' },
};
