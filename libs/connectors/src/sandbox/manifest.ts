import { keapManifest } from '../keap/manifest.js';
import { rateLimits, type PlatformManifest } from '../_kit/platform-manifest.js';

/** Where the demo CRM answers in Keap's manner, below its own address. */
export const SANDBOX_KEAP_PATH = '/keap/crm/rest/v2';

/**
 * The demo CRM that ships with the product. It speaks Keap's dialect, so it has Keap's abilities and its connector.
 * @param sandboxUrl address of the demo CRM, without a trailing slash
 */
export function sandboxManifest(sandboxUrl: string): PlatformManifest {
  const baseUrl = `${sandboxUrl}${SANDBOX_KEAP_PATH}`;
  const userInfoUrl = `${baseUrl}/oauth/connect/userinfo`;
  const { capabilities } = keapManifest.record;
  return {
    record: {
      slug: 'sandbox',
      name: 'Sandbox CRM',
      category: 'crm',
      types: ['crm'],
      description: 'The demo CRM that comes with the product: contacts, tags, fields and orders to try helpers on.',
      status: 'active',
      version: 'v2',
      logo_url: '',
      documentation_url: keapManifest.record.documentation_url,
      oauth: {
        auth_url: `${sandboxUrl}/oauth/authorize`,
        token_url: `${sandboxUrl}/oauth/token`,
        user_info_url: userInfoUrl,
        scopes: ['full'],
        response_type: 'code',
        pkce: true,
      },
      api_config: {
        base_url: baseUrl,
        auth_type: 'api_key',
        test_endpoint: userInfoUrl,
        rate_limits: rateLimits(100, 0, 0, 200),
        required_headers: {},
        version: 'v2',
      },
      test_endpoints: {
        oauth2: { url: userInfoUrl, method: 'GET', auth_header: 'Authorization', auth_format: 'Bearer {token}' },
        api_key: { url: userInfoUrl, method: 'GET', auth_header: 'Authorization', auth_format: 'Bearer {api_key}' },
      },
      display_config: { color: '#475569', accent: '#f1f5f9', initial: 'S' },
      credential_fields: [
        {
          key: 'api_key',
          label: 'Demo key',
          placeholder: 'The key printed at the first start',
          input_type: 'password',
          required: true,
        },
      ],
      capabilities: [...capabilities],
    },
    ...(keapManifest.crm === undefined ? {} : { crm: { capabilities: [...keapManifest.crm.capabilities] } }),
    ...(keapManifest.oauthDialect === undefined ? {} : { oauthDialect: keapManifest.oauthDialect }),
  };
}
