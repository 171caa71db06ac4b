import { rateLimits, type PlatformManifest } from '../_kit/platform-manifest.js';
import { ontraportBudgets } from './budgets.js';

export const ontraportManifest: PlatformManifest = {
  record: {
    slug: 'ontraport',
    name: 'Ontraport',
    category: 'crm',
    types: ['crm'],
    description: 'CRM and business automation with contacts, tags, fields and automations.',
    status: 'active',
    version: 'v1',
    logo_url: '/images/platforms/ontraport.png',
    documentation_url: 'https://api.ontraport.com/doc/',
    api_config: {
      base_url: 'https://api.ontraport.com/1',
      auth_type: 'api_key',
      test_endpoint: 'https://api.ontraport.com/1/Contacts/getInfo',
      rate_limits: rateLimits(2, 120, 0, 5),
      required_headers: { 'Api-Appid': '{app_id}', 'Api-Key': '{api_key}' },
      version: 'v1',
    },
    test_endpoints: {
      api_key: {
        url: 'https://api.ontraport.com/1/Contacts/getInfo',
        method: 'GET',
        auth_header: 'Api-Key',
        auth_format: '{api_key}',
      },
    },
    display_config: { color: '#6C4DC4', accent: '#f0ebfa', initial: 'O' },
    credential_fields: [
      {
        key: 'app_id',
        label: 'App ID',
        placeholder: '2_12345_...',
        hint: 'Administration, Integrations, API keys',
        input_type: 'text',
        required: true,
      },
      { key: 'api_key', label: 'API Key', placeholder: 'Your API key', input_type: 'password', required: true },
    ],
    capabilities: ['contacts', 'tags', 'custom_fields', 'automations'],
  },
  crm: { capabilities: ['contacts', 'tags', 'custom_fields', 'automations'] },
  budgets: ontraportBudgets,
  vendorAccount: 'api_secret',
  atSandbox: { 'https://api.ontraport.com': '/ontraport' },
};
