import { Inject, Injectable } from '@nestjs/common';
import * as oidc from 'openid-client';
import { Problem, unavailable } from '#contracts';
import { logger } from '#telemetry';
import { googlePersonOf, type GooglePerson } from '../domain/google-person.js';
import { GOOGLE_SETTINGS, type GoogleClientSettings, type GoogleSettings } from './google-config.js';

const TIMEOUT_S = 5;
/** Google announces changes of its discovery document long before. */
const DISCOVERY_AGE_MS = 60 * 60_000;

/** What one sign-in is bound to; kept here while the person is at Google. */
export interface GoogleBinding {
  state: string;
  nonce: string;
  /** PKCE. */
  verifier: string;
}

/** What Google sent back with the person. */
export interface GoogleReturn {
  code: string;
  /** Some providers name themselves here. */
  iss?: string | undefined;
}

const refused = (cause: unknown): Problem =>
  new Problem(401, 'auth.google_refused', 'Google did not confirm this sign-in; start again', { cause });

/** Speaks OpenID Connect with Google, as discovery describes it. */
@Injectable()
export class GoogleClient {
  private discovered: { at: number; found: Promise<oidc.Configuration> } | undefined;

  constructor(@Inject(GOOGLE_SETTINGS) private readonly settings: GoogleSettings) {}

  /** @throws Problem 404 `auth.google_not_configured` */
  assertConfigured(): GoogleClientSettings {
    if (this.settings.client === undefined) throw notConfigured();
    return this.settings.client;
  }

  newBinding(): GoogleBinding {
    return { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier: oidc.randomPKCECodeVerifier() };
  }

  /** Where the person signs in. @throws Problem 404 where Google sign-in is not set up, 503 when Google is away */
  async authorizationUrl({ state, nonce, verifier }: GoogleBinding): Promise<string> {
    const url = oidc.buildAuthorizationUrl(await this.configuration(), {
      redirect_uri: this.settings.redirectUrl,
      scope: 'openid email profile',
      state,
      nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      prompt: 'select_account',
    });
    return url.href;
  }

  /** @throws Problem 401 `auth.google_refused`, 403 `auth.google_email_unverified`, 503 when Google is away */
  async personBehind({ code, iss }: GoogleReturn, { state, nonce, verifier }: GoogleBinding): Promise<GooglePerson> {
    const configuration = await this.configuration();
    const back = new URL(this.settings.redirectUrl);
    // There is one provider only, so an answer that does not name it can be of no other.
    back.search = new URLSearchParams({ code, state, iss: iss ?? configuration.serverMetadata().issuer }).toString();
    const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true };
    const tokens = await oidc.authorizationCodeGrant(configuration, back, checks).catch((error: unknown) => {
      throw problemOf(error);
    });
    const claims = tokens.claims();
    const person = claims === undefined ? undefined : googlePersonOf(claims);
    if (person === undefined) {
      throw new Problem(403, 'auth.google_email_unverified', 'Confirm your address at Google first, then try again');
    }
    return person;
  }

  private configuration(): Promise<oidc.Configuration> {
    const client = this.assertConfigured();
    const now = Date.now();
    if (this.discovered === undefined || now - this.discovered.at > DISCOVERY_AGE_MS) {
      const found = discover(client);
      const discovered = { at: now, found };
      this.discovered = discovered;
      // A failure is not remembered.
      found.catch(() => {
        if (this.discovered === discovered) this.discovered = undefined;
      });
    }
    return this.discovered.found;
  }
}

const notConfigured = (): Problem =>
  new Problem(404, 'auth.google_not_configured', 'This installation has no Google sign-in; use address and password');

async function discover({ issuer, clientId, clientSecret }: GoogleClientSettings): Promise<oidc.Configuration> {
  const local = issuer.startsWith('http:') ? [oidc.allowInsecureRequests] : [];
  try {
    // Tokens come straight from Google, but a signature costs nothing to check.
    const execute = [...local, oidc.enableNonRepudiationChecks];
    const authentication = oidc.ClientSecretPost(clientSecret);
    return await oidc.discovery(new URL(issuer), clientId, clientSecret, authentication, {
      execute,
      timeout: TIMEOUT_S,
    });
  } catch (error) {
    logger.warn({ err: error, issuer }, 'the discovery document of Google sign-in cannot be read');
    throw unavailable('Google sign-in', error);
  }
}

/** What an answer that does not fit says about the person who came back, rather than about Google's health. */
const NOT_THEIRS = new Set([
  'OAUTH_INVALID_RESPONSE',
  'OAUTH_JWT_CLAIM_COMPARISON_FAILED',
  'OAUTH_JWT_TIMESTAMP_CHECK_FAILED',
  'OAUTH_KEY_SELECTION_FAILED',
]);

function problemOf(error: unknown): Problem {
  if (error instanceof oidc.ResponseBodyError && error.error === 'invalid_grant') return refused(error);
  if (error instanceof oidc.ClientError && NOT_THEIRS.has(error.code ?? '')) return refused(error);
  logger.warn({ err: error }, 'Google did not exchange the code of a sign-in');
  return unavailable('Google sign-in', error);
}
