import { z } from 'zod';
import { isHttpFailure } from '#http';
import { ConnectorError } from '../_kit/connector-error.js';
import { connectorErrorOfHttpFailure } from '../_kit/http-failure-mapping.js';
import type { PlatformManifest } from '../_kit/platform-manifest.js';
import type { TokenDeps } from './token-endpoint.js';

/** Who allowed us in, as far as the vendor tells. */
export interface UserIdentity {
  userId?: string;
  email?: string;
  /** The vendor's account behind the connection. */
  appId?: string;
}

const Text = z.union([z.string(), z.number()]).transform(String);

const UserInfo = z.looseObject({
  global_user_id: Text.optional(),
  sub: Text.optional(),
  id: Text.optional(),
  user_id: Text.optional(),
  account_id: Text.optional(),
  email: z.string().optional(),
  login: z.string().optional(),
  tenant_id: Text.optional(),
});

/**
 * Asks the platform's user-info address; an empty identity where the platform has none.
 * @throws ConnectorError
 */
export async function fetchUserIdentity(
  manifest: PlatformManifest,
  accessToken: string,
  deps: TokenDeps,
): Promise<UserIdentity> {
  const { slug, oauth } = manifest.record;
  const url = oauth?.user_info_url ?? '';
  if (url === '') return {};
  const method = manifest.record.test_endpoints?.oauth2?.method ?? 'GET';
  const operation = 'userinfo';
  try {
    const headers = { accept: 'application/json', authorization: `Bearer ${accessToken}` };
    const response = await deps.http.request({ method, url, headers, timeoutMs: 15_000, signal: deps.signal });
    const { status } = response;
    if (status !== 200) {
      const kind =
        status === 401 ? 'auth_invalid' : status === 403 ? 'forbidden' : status >= 500 ? 'server' : 'protocol';
      throw new ConnectorError({ kind, platform: slug, status, operation, message: `User info answered ${status}` });
    }
    const info = UserInfo.safeParse(response.json());
    if (!info.success) {
      const message = 'User info cannot be read';
      throw new ConnectorError({ kind: 'protocol', platform: slug, status, operation, message });
    }
    const { global_user_id, sub, id, user_id, account_id, email, login, tenant_id } = info.data;
    const userId = global_user_id ?? sub ?? id ?? user_id ?? account_id;
    const address = email ?? login;
    return {
      ...(userId === undefined ? {} : { userId }),
      ...(address === undefined ? {} : { email: address }),
      ...(tenant_id === undefined ? {} : { appId: tenant_id }),
    };
  } catch (error) {
    throw isHttpFailure(error) ? connectorErrorOfHttpFailure(error, slug, operation) : error;
  }
}
