import { rateLimits, type PlatformManifest } from '../_kit/platform-manifest.js';

export const twilioManifest: PlatformManifest = {
  record: {
    slug: 'twilio',
    name: 'Twilio',
    category: 'communication',
    types: ['integration', 'communication'],
    description: 'Text messages to phones.',
    status: 'active',
    version: '2010-04-01',
    logo_url: '/images/platforms/twilio.png',
    documentation_url: 'https://www.twilio.com/docs/messaging/api',
    api_config: {
      base_url: 'https://api.twilio.com/2010-04-01',
      auth_type: 'api_key',
      test_endpoint: 'https://api.twilio.com/2010-04-01/Accounts/{api_key}.json',
      rate_limits: rateLimits(5, 0, 0, 10),
      required_headers: {},
      version: '2010-04-01',
    },
    display_config: { color: '#F22F46', accent: '#feeef0', initial: 'T' },
    credential_fields: [
      { key: 'api_key', label: 'Account SID', placeholder: 'AC...', input_type: 'password', required: true },
      { key: 'api_secret', label: 'Auth Token', placeholder: 'Your token', input_type: 'password', required: true },
    ],
    capabilities: ['sms'],
  },
};
