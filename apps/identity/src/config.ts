import { z } from 'zod';
import { AppClients } from './link-apps/app-client.js';
import { ThrottleRuleText } from './domain/throttle-rule.js';

const rule = (standard: string, what: string) => ThrottleRuleText.prefault(standard).describe(what);
const days = (standard: number) => z.coerce.number().int().min(1).max(365).default(standard);

/** What identity reads from the environment, beside the parts of its libraries. */
export const IdentityConfig = z.object({
  MFH_PUBLIC_URL: z.url().default('http://127.0.0.1:8080').describe('Address of the gateway as browsers see it'),
  MFH_LIMITS: z
    .enum(['standard', 'lifted'])
    .default('standard')
    .describe('`lifted` switches the limits on sign-in and registration off: trials and benches only'),
  AUTH_ACCESS_TTL: z.coerce
    .number()
    .int()
    .min(300)
    .max(86_400)
    .default(3_600)
    .describe('Life of access tokens, seconds'),
  AUTH_SESSION_IDLE_DAYS: days(30).describe('A session that is not used for so long ends'),
  AUTH_SESSION_MAX_DAYS: days(90).describe('A session ends after so long, however much it is used'),
  AUTH_LOGIN_PER_EMAIL: rule('5/15m', 'Wrong passwords for one address'),
  AUTH_LOGIN_PER_EMAIL_AND_IP: rule('20/10m', 'Sign-ins for one address from one IP address'),
  AUTH_LOGIN_PER_IP: rule('100/1h', 'Sign-ins from one IP address'),
  AUTH_REGISTER_PER_IP: rule('3/24h', 'Registrations from one IP address'),
  AUTH_REGISTER_PER_NETWORK: rule('10/1h', 'Registrations from one network (/24, IPv6 /48)'),
  AUTH_REFRESH_PER_SESSION: rule('10/1m', 'New refresh tokens of one session'),
  AUTH_REQUIRE_VERIFIED_EMAIL: z
    .enum(['true', 'false'])
    .default('false')
    .describe('`true` refuses to sign in people who have not confirmed their address'),
  AUTH_APP_CLIENTS: AppClients.describe(
    'Products that users may link, as JSON: `[{client_id, client_secret?, secret_in?, name, redirect_uris, scopes}]`',
  ),
  AUTH_MAIL_PER_EMAIL: rule('5/1h', 'Mails for a forgotten password, or to confirm it, to one address'),
  AUTH_MAIL_INTERVAL: rule('1/30s', 'Such mails to one address, one after the other'),
  AUTH_CODE_MAIL_INTERVAL: rule('1/2m', 'Mails with a code to confirm an address, one after the other'),
  AUTH_CONFIRM: rule('5/15m', 'Wrong codes for one address, or wrong links from one IP address'),
  AUTH_GOOGLE_PER_IP: rule('60/10m', 'Sign-ins with Google that are begun from one IP address'),
  AUTH_MFA_PER_USER: rule('5/15m', 'Wrong codes of the second factor of a user'),
  AUTH_MFA_ISSUER: z
    .string()
    .trim()
    .min(1)
    .max(60)
    .regex(/^[^:]+$/, 'must not contain a colon')
    .default('MyFusion Helper')
    .describe('Name under which authenticator apps list the codes'),
  AUTH_PASSWORD_PER_USER: rule('5/15m', 'Wrong current passwords of a user who wants another one'),
});
export type IdentityConfig = z.infer<typeof IdentityConfig>;
