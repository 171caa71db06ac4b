import { NO_STORE, type Answer } from '../server/answer.js';
import type { Identity } from './identities.js';
import type { TokenPair } from './oauth-grants.js';

export type GrantType = 'authorization_code' | 'refresh_token';
export type TokenProblem = 'invalid_client' | 'invalid_grant' | 'unsupported_grant_type';

/** How one vendor's authorization server looks; what it grants is the same for all. */
export interface OAuthManner {
  /** The dialect that it belongs to, as faults and the request log name it. */
  dialect: string;
  /** Where people allow access, e.g. `/keap/app/oauth/authorize`. */
  authorizePath: string;
  tokenPath: string;
  /** How long an access token is good at most; absent where the sandbox's own setting says it alone. */
  accessSeconds?: number;
  /** Whether a refresh leaves the refresh token good instead of giving a new one. */
  keepsRefreshToken?: boolean;
  /** Where a client may put its id and secret. */
  clientIn(grant: GrantType): 'form' | 'basic' | 'either';
  granted(tokens: TokenPair, identity: Identity): Answer;
  refused(problem: TokenProblem): Answer;
}

const SENTENCES: Readonly<Record<TokenProblem, string>> = {
  invalid_client: 'Unknown client or wrong secret',
  invalid_grant: 'Unknown, expired or already used',
  unsupported_grant_type: 'Only authorization_code and refresh_token work',
};

/** An authorization server by the book (RFC 6749); vendors differ from it in what they name here. */
export function textbookManner(parts: Pick<OAuthManner, 'dialect' | 'authorizePath' | 'tokenPath'>): OAuthManner {
  return {
    ...parts,
    clientIn: () => 'either',
    granted: (tokens) => ({ status: 200, body: tokenBody(tokens), headers: NO_STORE }),
    refused: (problem) => ({
      status: problem === 'invalid_client' ? 401 : 400,
      body: { error: problem, error_description: SENTENCES[problem] },
    }),
  };
}

/** The members that every vendor's token answer has. */
export function tokenBody({ accessToken, refreshToken, expiresInSeconds }: TokenPair): Record<string, unknown> {
  return {
    access_token: accessToken,
    refresh_token: refreshToken,
    token_type: 'bearer',
    expires_in: expiresInSeconds,
    scope: 'full',
  };
}
