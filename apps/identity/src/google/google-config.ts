import { z } from 'zod';
import { loadConfig } from '#service-defaults';

/** The page of the web client to which Google sends people back, unless configuration names another. */
const CALLBACK_PATH = '/auth/google/callback';
const LOOPBACK = /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:|\/|$)/;

const settings = z.object({
  MFH_MODE: z.enum(['production', 'development', 'test']).default('development').describe('What the process is for'),
  MFH_APP_URL: z.string().default('http://127.0.0.1:3000').describe('Where the web client lives'),
  AUTH_GOOGLE_CLIENT_ID: z.string().optional().describe('OAuth client of Google sign-in; without it there is none'),
  AUTH_GOOGLE_CLIENT_SECRET: z.string().optional().describe('Secret of that client'),
  AUTH_GOOGLE_ISSUER: z
    .url()
    .default('https://accounts.google.com')
    .describe('Where the OpenID provider publishes its discovery document'),
  AUTH_GOOGLE_REDIRECT_URL: z
    .url()
    .optional()
    .describe(`Page that Google sends people back to; \`${CALLBACK_PATH}\` of the web client unless set`),
});

/** What Google sign-in reads from the environment. */
export const GoogleConfig = settings.superRefine((given, context) => {
  const refuse = (path: string, message: string): void => context.addIssue({ code: 'custom', path: [path], message });
  if (given.AUTH_GOOGLE_CLIENT_ID !== undefined && given.AUTH_GOOGLE_CLIENT_SECRET === undefined) {
    refuse('AUTH_GOOGLE_CLIENT_SECRET', 'must be set where AUTH_GOOGLE_CLIENT_ID is');
  }
  // Tokens come without protection there: only a provider on the same machine may do so.
  if (!given.AUTH_GOOGLE_ISSUER.startsWith('https:') && !LOOPBACK.test(given.AUTH_GOOGLE_ISSUER)) {
    refuse('AUTH_GOOGLE_ISSUER', 'must be https');
  } else if (given.MFH_MODE === 'production' && !given.AUTH_GOOGLE_ISSUER.startsWith('https:')) {
    refuse('AUTH_GOOGLE_ISSUER', 'must be https in production');
  }
});

export interface GoogleClientSettings {
  issuer: string;
  clientId: string;
  clientSecret: string;
}

export interface GoogleSettings {
  /** Undefined where the installation has no Google sign-in. */
  client: GoogleClientSettings | undefined;
  redirectUrl: string;
  appUrl: string;
}

export const GOOGLE_SETTINGS = Symbol('GOOGLE_SETTINGS');

export function googleSettingsOf(config: z.infer<typeof GoogleConfig>): GoogleSettings {
  const { AUTH_GOOGLE_CLIENT_ID: clientId, AUTH_GOOGLE_CLIENT_SECRET: clientSecret } = config;
  const appUrl = config.MFH_APP_URL.replace(/\/+$/, '');
  return {
    client:
      clientId === undefined || clientSecret === undefined
        ? undefined
        : { issuer: config.AUTH_GOOGLE_ISSUER, clientId, clientSecret },
    redirectUrl: config.AUTH_GOOGLE_REDIRECT_URL ?? `${appUrl}${CALLBACK_PATH}`,
    appUrl,
  };
}

export const loadGoogleSettings = (): GoogleSettings => googleSettingsOf(loadConfig(GoogleConfig));
