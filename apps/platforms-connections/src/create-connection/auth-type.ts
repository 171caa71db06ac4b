import { Problem } from '#contracts';
import type { AuthType, PlatformRecord } from '#connectors';
import type { CredentialInput } from '../domain/credential-form.js';

/**
 * How a form of credentials is meant. Clients need not say: a platform with a form is connected by it.
 * A platform that is connected by signing in takes a personal access token only when the caller asks for it.
 * @throws Problem 400 when this platform is connected by signing in
 */
export function keyAuthType(
  record: PlatformRecord,
  asked: AuthType | undefined,
  credentials: CredentialInput,
): Exclude<AuthType, 'oauth2'> {
  const own = record.api_config.auth_type;
  const hasForm = (record.credential_fields ?? []).length > 0;
  const filled = Object.values(credentials).some((value) => value !== undefined && value !== '');
  if (asked === 'api_key' || asked === 'bearer') return asked;
  if (asked === undefined && own !== 'oauth2') return own;
  if (asked === undefined && hasForm && filled) return 'api_key';
  throw new Problem(400, 'connections.oauth_required', `${record.name} is connected by signing in there`, {
    errors: [{ field: 'auth_type', code: 'not_allowed', message: `Start at /platforms/${record.slug}/oauth/start` }],
  });
}
