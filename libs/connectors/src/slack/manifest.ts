import { rateLimits, type PlatformManifest } from '../_kit/platform-manifest.js';

export const slackManifest: PlatformManifest = {
  record: {
    slug: 'slack',
    name: 'Slack',
    category: 'communication',
    types: ['integration', 'communication'],
    description: 'Messages to channels and people of a workspace.',
    status: 'active',
    version: 'web',
    logo_url: '/images/platforms/slack.png',
    documentation_url: 'https://api.slack.com/web',
    api_config: {
      base_url: 'https://slack.com/api',
      auth_type: 'api_key',
      test_endpoint: 'https://slack.com/api/auth.test',
      rate_limits: rateLimits(1, 0, 0, 5),
      required_headers: { Authorization: 'Bearer {api_key}' },
      version: 'web',
    },
    display_config: { color: '#4A154B', accent: '#f5eef5', initial: 'S' },
    credential_fields: [
      { key: 'api_key', label: 'Bot Token', placeholder: 'xoxb-...', input_type: 'password', required: true },
    ],
    capabilities: ['messages'],
  },
};
