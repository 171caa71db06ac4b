import { z } from 'zod';
import { isHttpFailure, parseRetryAfter, type HttpRequester, type HttpResponse } from '#http';
import { ConnectorError } from '../_kit/connector-error.js';
import { connectorErrorOfHttpFailure } from '../_kit/http-failure-mapping.js';
import type { ClientAuthentication, PlatformManifest } from '../_kit/platform-manifest.js';
import type { OAuthClient } from '../config.js';
import { TokenAnswer, tokenSetOf, type TokenSet } from './token-set.js';

export interface TokenDeps {
  http: HttpRequester;
  now?: () => Date;
  signal?: AbortSignal;
}

const TOKEN_TIMEOUT_MS = 15_000;

/**
 * Trades an authorization code for tokens, in the vendor's manner.
 * @throws ConnectorError `auth_invalid` when the code is refused (used, expired, wrong verifier or redirect address)
 */
export function exchangeCode(
  manifest: PlatformManifest,
  client: OAuthClient,
  grant: { code: string; redirectUri: string; codeVerifier?: string },
  deps: TokenDeps,
): Promise<TokenSet> {
  const form = {
    grant_type: 'authorization_code',
    code: grant.code,
    redirect_uri: grant.redirectUri,
    ...(grant.codeVerifier !== undefined &&
      manifest.record.oauth?.pkce === true && { code_verifier: grant.codeVerifier }),
  };
  return askForTokens(manifest, client, manifest.oauthDialect?.codeExchange ?? 'body', form, deps);
}

/**
 * Trades a refresh token for new tokens. At vendors that rotate, the old refresh token is spent by this call, so it is
 * made once, never repeated here, and its result is to be stored before anything else.
 * @throws ConnectorError `auth_invalid` when the refresh token is refused: somebody else may have rotated it, or the
 *   customer must reconnect; `network` with outcome `unknown` when the answer was lost
 */
export async function refreshTokens(
  manifest: PlatformManifest,
  client: OAuthClient,
  refreshToken: string,
  deps: TokenDeps,
): Promise<TokenSet> {
  const form = { grant_type: 'refresh_token', refresh_token: refreshToken };
  const tokens = await askForTokens(manifest, client, manifest.oauthDialect?.refresh ?? 'body', form, deps);
  // Vendors that do not rotate leave the member out: the old one stays good.
  return { ...tokens, refreshToken: tokens.refreshToken ?? refreshToken };
}

const ACCOUNT_ID = /^[\w-]{1,100}$/;

function checkAccount({ record, oauthDialect }: PlatformManifest, { accountId }: TokenSet): void {
  if (oauthDialect?.accountIdRequired !== true || (accountId !== undefined && ACCOUNT_ID.test(accountId))) return;
  const message = `${record.name} gave access to no single location: sign in again and choose one`;
  throw new ConnectorError({ kind: 'validation', platform: record.slug, operation: 'token', message });
}

async function askForTokens(
  manifest: PlatformManifest,
  client: OAuthClient,
  authentication: ClientAuthentication,
  grant: Record<string, string>,
  deps: TokenDeps,
): Promise<TokenSet> {
  const { slug, oauth } = manifest.record;
  if (oauth === undefined) throw new TypeError(`${slug} has no OAuth`);
  const basic = authentication === 'basic';
  const now = deps.now ?? (() => new Date());
  try {
    const response = await deps.http.request({
      method: 'POST',
      url: oauth.token_url,
      headers: {
        accept: 'application/json',
        ...(basic && { authorization: `Basic ${btoa(`${client.clientId}:${client.clientSecret}`)}` }),
      },
      form: {
        ...grant,
        ...manifest.oauthDialect?.tokenParams,
        ...(!basic && { client_id: client.clientId, client_secret: client.clientSecret }),
      },
      timeoutMs: TOKEN_TIMEOUT_MS,
      signal: deps.signal,
    });
    if (response.status !== 200) throw refusal(slug, response, now());
    const answer = TokenAnswer.safeParse(response.json());
    if (!answer.success) throw protocolError(slug, response.status);
    const tokens = tokenSetOf(answer.data, now(), manifest.oauthDialect?.accountIdMember);
    // A refresh need not repeat it: what the sign-in told stays.
    if (grant['grant_type'] === 'authorization_code') checkAccount(manifest, tokens);
    return tokens;
  } catch (error) {
    throw isHttpFailure(error) ? connectorErrorOfHttpFailure(error, slug, 'token') : error;
  }
}

const OAuthRefusal = z.looseObject({ error: z.string() });

function refusal(platform: string, response: HttpResponse, now: Date): ConnectorError {
  const { status } = response;
  const operation = 'token';
  if (status === 429) {
    const retryAfterMs = parseRetryAfter(response.headers['retry-after'], now.getTime());
    const pause = retryAfterMs === undefined ? {} : { retryAfterMs };
    return new ConnectorError({
      kind: 'rate_limited',
      platform,
      status,
      operation,
      message: 'Too many token requests',
      ...pause,
    });
  }
  if (status >= 500) {
    const message = `The token endpoint answered ${status}`;
    return new ConnectorError({ kind: 'server', platform, status, operation, message, outcome: 'unknown' });
  }
  const reason = refusalReason(response);
  if (reason === 'invalid_client' || reason === 'unauthorized_client') {
    const message = `The platform refused our OAuth client (${reason})`;
    return new ConnectorError({ kind: 'forbidden', platform, status, operation, message });
  }
  if (reason === 'invalid_grant' || status === 400 || status === 401 || status === 403) {
    const message = `The platform refused the grant${reason === undefined ? '' : ` (${reason})`}`;
    return new ConnectorError({ kind: 'auth_invalid', platform, status, operation, message });
  }
  return protocolError(platform, status);
}

/** Only the codes of the standard are shown: a vendor's free text might quote what we sent. */
const KNOWN_REASONS = new Set([
  'invalid_request',
  'invalid_client',
  'invalid_grant',
  'unauthorized_client',
  'unsupported_grant_type',
  'invalid_scope',
  'access_denied',
]);

function refusalReason(response: HttpResponse): string | undefined {
  let body: unknown;
  try {
    body = response.json();
  } catch {
    // Some token endpoints refuse in HTML: the status says enough.
    return undefined;
  }
  const parsed = OAuthRefusal.safeParse(body);
  return parsed.success && KNOWN_REASONS.has(parsed.data.error) ? parsed.data.error : undefined;
}

function protocolError(platform: string, status: number): ConnectorError {
  const message = 'The token endpoint gave an answer that cannot be read';
  return new ConnectorError({ kind: 'protocol', platform, status, operation: 'token', message, outcome: 'unknown' });
}
