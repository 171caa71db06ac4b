import { one, type Form } from '../server/form.js';

export interface OAuthClient {
  clientId: string;
  clientSecret: string;
}

/** A checked authorization request. */
export interface AuthorizationRequest {
  clientId: string;
  redirectUri: string;
  state: string;
  scope: string;
  challenge: string | undefined;
}

/** Why a request is not answered, and where the browser may be sent back to with it. */
export type Refused = { problem: string; redirectTo?: { uri: string; state: string; error: string } };

/** Checks what a client asks for at the authorize endpoint. */
export function checkRequest(form: Form, client: OAuthClient): AuthorizationRequest | Refused {
  const redirectUri = one(form, 'redirect_uri') ?? '';
  const state = one(form, 'state') ?? '';
  if (one(form, 'client_id') !== client.clientId) return { problem: 'This client is not known here.' };
  if (!isHttpUrl(redirectUri)) return { problem: 'The redirect address is missing or is not an http(s) URL.' };
  const back = (error: string, problem: string): Refused => ({
    problem,
    redirectTo: { uri: redirectUri, state, error },
  });
  if (one(form, 'response_type') !== 'code') return back('unsupported_response_type', 'Only response_type=code works.');
  const challenge = one(form, 'code_challenge');
  if (challenge !== undefined && one(form, 'code_challenge_method') !== 'S256') {
    return back('invalid_request', 'Only code_challenge_method=S256 works.');
  }
  return { clientId: client.clientId, redirectUri, state, scope: one(form, 'scope') ?? 'full', challenge };
}

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
