import { loadConfig } from '#service-defaults';
import { IdentityConfig } from './config.js';
import type { AppClient } from './link-apps/app-client.js';
import type { ThrottleRule } from './domain/throttle-rule.js';

const DAY_MS = 24 * 60 * 60 * 1000;

/** A new installation's limits that no configuration changes: after so many wrong passwords in a row ... */
export const FAILURES_BEFORE_LOCK = 10;
/** ... signing in to the account is refused for so long. */
export const LOCK_MS = 15 * 60 * 1000;

export interface Throttles {
  loginPerEmail: ThrottleRule;
  loginPerEmailAndIp: ThrottleRule;
  loginPerIp: ThrottleRule;
  registerPerIp: ThrottleRule;
  registerPerNetwork: ThrottleRule;
  refreshPerSession: ThrottleRule;
  passwordPerUser: ThrottleRule;
  mailPerEmail: ThrottleRule;
  mailInterval: ThrottleRule;
  codeMailInterval: ThrottleRule;
  confirm: ThrottleRule;
  mfaPerUser: ThrottleRule;
  googlePerIp: ThrottleRule;
}

/** The settings as the service uses them. */
export interface IdentitySettings {
  publicUrl: string;
  /** Seconds. */
  accessTtl: number;
  sessionIdleMs: number;
  sessionMaxMs: number;
  limitsLifted: boolean;
  requireVerifiedEmail: boolean;
  /** Name under which authenticator apps list the codes. */
  mfaIssuer: string;
  /** Products that users may link. */
  appClients: readonly AppClient[];
  throttles: Throttles;
}

export const IDENTITY_SETTINGS = Symbol('IDENTITY_SETTINGS');

export function settingsOf(config: IdentityConfig): IdentitySettings {
  return {
    publicUrl: config.MFH_PUBLIC_URL,
    accessTtl: config.AUTH_ACCESS_TTL,
    sessionIdleMs: config.AUTH_SESSION_IDLE_DAYS * DAY_MS,
    sessionMaxMs: config.AUTH_SESSION_MAX_DAYS * DAY_MS,
    limitsLifted: config.MFH_LIMITS === 'lifted',
    requireVerifiedEmail: config.AUTH_REQUIRE_VERIFIED_EMAIL === 'true',
    mfaIssuer: config.AUTH_MFA_ISSUER,
    appClients: config.AUTH_APP_CLIENTS,
    throttles: {
      loginPerEmail: config.AUTH_LOGIN_PER_EMAIL,
      loginPerEmailAndIp: config.AUTH_LOGIN_PER_EMAIL_AND_IP,
      loginPerIp: config.AUTH_LOGIN_PER_IP,
      registerPerIp: config.AUTH_REGISTER_PER_IP,
      registerPerNetwork: config.AUTH_REGISTER_PER_NETWORK,
      refreshPerSession: config.AUTH_REFRESH_PER_SESSION,
      passwordPerUser: config.AUTH_PASSWORD_PER_USER,
      mailPerEmail: config.AUTH_MAIL_PER_EMAIL,
      mailInterval: config.AUTH_MAIL_INTERVAL,
      codeMailInterval: config.AUTH_CODE_MAIL_INTERVAL,
      confirm: config.AUTH_CONFIRM,
      mfaPerUser: config.AUTH_MFA_PER_USER,
      googlePerIp: config.AUTH_GOOGLE_PER_IP,
    },
  };
}

export const loadSettings = (): IdentitySettings => settingsOf(loadConfig(IdentityConfig));
