import { rateLimits, type PlatformManifest } from '../_kit/platform-manifest.js';

export const stripeManifest: PlatformManifest = {
  record: {
    slug: 'stripe',
    name: 'Stripe',
    category: 'payments',
    types: ['integration', 'payments'],
    description: 'Payments: customers, charges, subscriptions and invoices.',
    status: 'active',
    version: 'v1',
    logo_url: '/images/platforms/stripe.png',
    documentation_url: 'https://docs.stripe.com/api',
    api_config: {
      base_url: 'https://api.stripe.com/v1',
      auth_type: 'api_key',
      test_endpoint: 'https://api.stripe.com/v1/balance',
      rate_limits: rateLimits(25, 0, 100000, 50),
      required_headers: { Authorization: 'Bearer {api_key}' },
      version: 'v1',
    },
    test_endpoints: {
      api_key: {
        url: 'https://api.stripe.com/v1/balance',
        method: 'GET',
        auth_header: 'Authorization',
        auth_format: 'Bearer {api_key}',
      },
    },
    display_config: { color: '#635BFF', accent: '#eeecff', initial: 'S' },
    credential_fields: [
      {
        key: 'api_key',
        label: 'Secret Key',
        placeholder: 'sk_live_...',
        hint: 'Developers, API keys',
        input_type: 'password',
        required: true,
      },
    ],
    capabilities: ['customers', 'charges', 'subscriptions', 'invoices', 'products', 'payments'],
  },
  probe: { method: 'GET', url: 'https://api.stripe.com/v1/balance', headers: { Authorization: 'Bearer {api_key}' } },
};
