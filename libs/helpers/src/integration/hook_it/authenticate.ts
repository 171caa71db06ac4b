import type { RunContext } from '../../_kit/run-context.js';
import { escapes } from '../../_kit/text/escapes.js';
import type { HookItConfig } from './hook-it.config.js';

type Headers = Record<string, string>;

/** Credentials for one request; nothing, and a warning, when the configuration lacks them. */
export function authHeaders(context: RunContext<HookItConfig>, body: string): Headers {
  const { config } = context;
  const headers = credentialHeaders(context, body);
  if (headers !== null) return headers;
  context.warn(`auth_type ${config.auth_type} lacks its credential: the request carries none.`);
  return {};
}

function credentialHeaders({ config, clock, crypto }: RunContext<HookItConfig>, body: string): Headers | null {
  const { auth_token: token, auth_username: user, auth_password: password, hmac_secret: key } = config;
  switch (config.auth_type) {
    case 'none':
      return {};
    case 'bearer':
      return token === undefined ? null : { Authorization: escapes.header(`Bearer ${token}`) };
    case 'api_key':
      return token === undefined ? null : { [config.auth_header_name]: escapes.header(token) };
    case 'basic': {
      if (user === undefined) return null;
      return { Authorization: `Basic ${crypto.encode(`${user}:${password ?? ''}`, 'base64')}` };
    }
    case 'hmac': {
      if (key === undefined) return null;
      const timestamp = String(Math.floor(clock.now().getTime() / 1000));
      return {
        'X-Signature': crypto.hmacSha256(key, body, 'base64'),
        // The plain signature stays valid for ever; this one lets a receiver refuse old requests.
        'X-Timestamp': timestamp,
        'X-Signature-Timestamped': crypto.hmacSha256(key, `${timestamp}.${body}`, 'base64'),
      };
    }
  }
}
