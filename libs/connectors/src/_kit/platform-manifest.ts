import type { VendorBudget } from './budget/vendor-budget.js';
import type { Capability, ConnectorCredentials } from './port.js';

export type AuthType = 'oauth2' | 'api_key' | 'bearer';

/** Requests allowed in each window; 0 means that the window has no limit. */
export interface PlatformRateLimits {
  requests_per_second: number;
  requests_per_minute: number;
  requests_per_hour: number;
  /** Requests that may come at once before the per-second rate counts; 0 means one second's worth. */
  burst_limit: number;
}

export interface OAuthRecord {
  auth_url: string;
  token_url: string;
  user_info_url: string;
  scopes: string[];
  response_type: 'code';
  /** Whether the authorization server is sent a PKCE challenge (S256). */
  pkce: boolean;
}

export interface CredentialField {
  key: 'api_key' | 'api_secret' | 'api_url' | 'app_id' | 'location_id';
  label: string;
  placeholder: string;
  hint?: string;
  input_type: 'text' | 'url' | 'password';
  required: boolean;
}

export interface DisplayConfig {
  color: string;
  accent: string;
  initial: string;
  short_name?: string;
}

export interface TestEndpoint {
  url: string;
  method: 'GET' | 'POST';
  auth_header: string;
  /** With `{token}`, `{api_key}`, `{api_secret}` or `{app_id}` where the credential goes. */
  auth_format: string;
}

/** A platform as clients see it; the service that owns the registry adds id and times. */
export interface PlatformRecord {
  slug: string;
  name: string;
  category: string;
  /** `crm` platforms are offered where contacts are needed, `integration` ones beside them. */
  types: string[];
  description: string;
  status: 'active';
  version: string;
  logo_url: string;
  documentation_url: string;
  oauth?: OAuthRecord;
  api_config: {
    base_url: string;
    auth_type: AuthType;
    test_endpoint: string;
    rate_limits: PlatformRateLimits;
    required_headers: Record<string, string>;
    version: string;
  };
  test_endpoints?: Partial<Record<AuthType, TestEndpoint>>;
  display_config?: DisplayConfig;
  credential_fields?: CredentialField[];
  capabilities: string[];
}

/** Where a vendor's token endpoint wants the client's id and secret: in the form or as HTTP Basic credentials. */
export type ClientAuthentication = 'body' | 'basic';

/** How a vendor's OAuth differs from the textbook. */
export interface OAuthDialect {
  codeExchange: ClientAuthentication;
  refresh: ClientAuthentication;
  /** Further query parameters of the authorization address. */
  authorizeParams?: Record<string, string>;
  /** Further form fields of every token request. */
  tokenParams?: Record<string, string>;
  /** Member of the token answer that names the vendor's account or location. */
  accountIdMember?: string;
  /** Without that account or location the tokens are of no use, so they are not taken. */
  accountIdRequired?: boolean;
}

/** How credentials are tried out where no connector exists. Values may hold the placeholders of `TestEndpoint`. */
export interface CredentialProbe {
  method: 'GET' | 'POST';
  url: string;
  headers?: Record<string, string>;
  query?: Record<string, string>;
  form?: Record<string, string>;
}

/** Everything that is known about a platform before anybody connects it. */
export interface PlatformManifest {
  record: PlatformRecord;
  /** Present where contacts can be reached through the connector port. */
  crm?: { capabilities: Capability[] };
  oauthDialect?: OAuthDialect;
  probe?: CredentialProbe;
  /**
   * Where the demo CRM imitates the vendor: each of the vendor's origins to the path that stands for it there, so that
   * what follows the origin is the same in both.
   */
  atSandbox?: Readonly<Record<string, string>>;
  /** How the vendor counts our calls; the figures of the public record are what clients are shown. */
  budgets?: readonly VendorBudget[];
  /** The credential that names the customer's account at the vendor, where one does: connections to it share budgets. */
  vendorAccount?: keyof ConnectorCredentials;
  /** Where the API begins below an address of its own that every customer has; `{account}` stands for it in `record`. */
  accountPath?: string;
}

/** Shorthand for the four numbers, in the order per second, per minute, per hour, burst. */
export function rateLimits(second: number, minute: number, hour: number, burst: number): PlatformRateLimits {
  return {
    requests_per_second: second,
    requests_per_minute: minute,
    requests_per_hour: hour,
    burst_limit: burst,
  };
}
