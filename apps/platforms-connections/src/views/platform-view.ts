import { z } from 'zod';
import type { PlatformManifest } from '#connectors';
import { platformIdOf } from '../platforms/platform-registry.js';

const AuthType = z.enum(['oauth2', 'api_key', 'bearer']);

const TestEndpoint = z.object({
  url: z.string(),
  method: z.enum(['GET', 'POST']),
  auth_header: z.string(),
  auth_format: z.string(),
});

/** A platform as clients read it. */
export const PlatformView = z.object({
  platform_id: z.string(),
  slug: z.string(),
  name: z.string(),
  category: z.string(),
  types: z.array(z.string()),
  description: z.string(),
  status: z.string(),
  version: z.string(),
  logo_url: z.string(),
  documentation_url: z.string(),
  oauth: z
    .object({
      auth_url: z.string(),
      token_url: z.string(),
      user_info_url: z.string(),
      scopes: z.array(z.string()),
      response_type: z.string(),
      pkce: z.boolean(),
    })
    .optional(),
  api_config: z.object({
    base_url: z.string(),
    auth_type: AuthType,
    test_endpoint: z.string(),
    rate_limits: z.object({
      requests_per_second: z.number(),
      requests_per_minute: z.number(),
      requests_per_hour: z.number(),
      burst_limit: z.number(),
    }),
    required_headers: z.record(z.string(), z.string()),
    version: z.string(),
  }),
  test_endpoints: z.partialRecord(AuthType, TestEndpoint).optional(),
  display_config: z
    .object({ color: z.string(), accent: z.string(), initial: z.string(), short_name: z.string().optional() })
    .optional(),
  credential_fields: z
    .array(
      z.object({
        key: z.string(),
        label: z.string(),
        placeholder: z.string(),
        hint: z.string().optional(),
        input_type: z.enum(['text', 'url', 'password']),
        required: z.boolean(),
      }),
    )
    .optional(),
  capabilities: z.array(z.string()),
  /** Whether the caller's account has connected it. */
  has_connection: z.boolean(),
  created_at: z.string(),
  updated_at: z.string(),
});
export type PlatformView = z.infer<typeof PlatformView>;

/** Records ship with the product and change with its releases only, so all of them are as old as the registry. */
const REGISTRY_SINCE = '2026-01-01T00:00:00.000Z';

export const platformView = (manifest: PlatformManifest, hasConnection: boolean): z.input<typeof PlatformView> => ({
  platform_id: platformIdOf(manifest),
  ...manifest.record,
  has_connection: hasConnection,
  created_at: REGISTRY_SINCE,
  updated_at: REGISTRY_SINCE,
});
